import { backboneContract } from '../testing/backbone-contract';
import { infoctm } from './infoctm';

backboneContract(infoctm, { options: { hiddenUnits: 16 } });
