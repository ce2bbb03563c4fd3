import { gloctm } from './gloctm';
import { backboneContract } from './testing/backbone-contract';

backboneContract(gloctm, { options: { hiddenUnits: 16, globalHiddenUnits: 24 } });
