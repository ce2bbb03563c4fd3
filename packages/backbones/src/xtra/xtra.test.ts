import { backboneContract } from '../testing/backbone-contract';
import { xtra } from './xtra';

backboneContract(xtra, { options: { hiddenUnits: 16, sharedUnits: 32, topicWordUnits: 24 } });
