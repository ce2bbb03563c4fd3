import { gloctm } from './gloctm';
import { backboneContract } from './testing/backbone-contract';

backboneContract(gloctm.definition, { options: { hiddenUnits: 16, globalHiddenUnits: 24 } });
