import { backboneContract } from '../testing/backbone-contract';
import { gloctm } from './gloctm';

backboneContract(gloctm, { options: { hiddenUnits: 16, globalHiddenUnits: 24 } });
