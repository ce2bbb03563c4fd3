import { fieldType, type Layout } from './layout';
import { ALIGNMENT_TASK, DECODER_TASK, JOB, PART, PASSES, PRODUCT_TASK, SCRATCH, SIDE } from './tasks';

/** Classes of the kernels by their names. */
const CLASSES: Readonly<Record<string, Layout>> = {
  Job: JOB,
  Side: SIDE,
  Scratch: SCRATCH,
  Part: PART,
  AlignmentTask: ALIGNMENT_TASK,
  ProductTask: PRODUCT_TASK,
  DecoderTask: DECODER_TASK,
};

/** `assembly/tasks.ts`: what kernels know of tasks, which `npm run build:shared` writes. */
export function taskClasses(): string {
  const passes = ['export const enum Pass {', ...PASSES.map((pass, place) => `  ${pass} = ${place},`), '}'];
  const classes = Object.entries(CLASSES).flatMap(([name, { fields }]) => [
    '',
    '@unmanaged',
    `export class ${name} {`,
    ...Object.entries(fields).map(([field, type]) => `  ${field}: ${fieldType(type)};`),
    '}',
  ]);
  const origin = ['// Written by `npm run build:shared` from src/shared/tasks.ts, which says what the fields are.'];
  return [...origin, ...passes, ...classes, ''].join('\n');
}
