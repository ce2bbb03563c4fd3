export { LetterModel } from './letter-model';
