// Run in the package's folder by `npm run build:shared`.
import { writeFileSync } from 'node:fs';
import { taskClasses } from './task-classes';

writeFileSync('assembly/tasks.ts', taskClasses());
