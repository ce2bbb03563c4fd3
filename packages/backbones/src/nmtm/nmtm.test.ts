import { backboneContract } from '../testing/backbone-contract';
import { nmtm } from './nmtm';

backboneContract(nmtm, { options: { hiddenUnits: 16 } });
