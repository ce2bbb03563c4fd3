import type { Command } from 'commander';
import type { Terminal } from '../terminal/terminal';
import { registerCompare } from './compare';
import { registerCompletion } from './completion';
import { registerAnchors } from './anchors';
import { registerDatasets } from './datasets';
import { registerDictionary } from './dictionary';
import { registerDoctor } from './doctor';
import { registerEmbed } from './embed';
import { registerEvaluate } from './evaluate';
import { registerExport } from './export';
import { registerImport } from './import';
import { registerInfer } from './infer';
import { registerInit } from './init';
import { registerModels } from './models';
import { registerPrepare } from './prepare';
import { registerReport } from './report';
import { registerReproduce } from './reproduce';
import { registerRefine, registerRun } from './run';
import { registerSchema } from './schema';
import { registerSweep } from './sweep';
import { registerTopics } from './topics';

/** Every command, in the order in which help lists them; a new one is a line here. */
export const commands: readonly ((program: Command, terminal: Terminal) => void)[] = [
  registerInit,
  registerPrepare,
  registerEmbed,
  registerModels,
  registerDatasets,
  registerDictionary,
  registerRun,
  registerRefine,
  registerTopics,
  registerAnchors,
  registerInfer,
  registerExport,
  registerEvaluate,
  registerReport,
  registerCompare,
  registerSweep,
  registerReproduce,
  registerImport,
  registerSchema,
  registerDoctor,
  registerCompletion,
];
