export { SeededGenerator } from './seeded-generator';
