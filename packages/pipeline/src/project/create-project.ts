import { dirname, join } from 'node:path';
import { writeAtomically } from '@xtm/data';
import { settingsJsonSchema } from '../settings/json-schema';
import type { KnownProject, ProjectStep } from './project';
import { projectFile, SCHEMA_FILE } from './project-file';
import { proposeProject } from './propose-project';
import { pastablePath } from './shown-paths';

/** A project whose file is written. */
export interface CreatedProject {
  /** What links the languages, in one sentence without a full stop. */
  readonly reason: string;
  /** Command lines that lead from the file to topics, in order; they stand at its top too. */
  readonly commands: readonly string[];
}

/**
 * Writes the settings file of a new project, completed by what there is on this machine, and beside it the JSON Schema
 * by which editors complete and check it. A file that is there is replaced.
 *
 * @param environment where the folder of encoders may be set; `process.env` by default
 * @throws MissingFileError, DataFormatError for texts that cannot be read as they are said to be; WriteError
 */
export async function createProject(
  file: string,
  known: KnownProject,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<CreatedProject> {
  const { project, steps, reason } = await proposeProject(known, file, environment);
  const commands = [
    ...steps.map((step) => commandOf(step, file)),
    `xtm prepare ${pastablePath(file)}`,
    `xtm run --config ${pastablePath(file)}`,
  ];
  writeAtomically(file, projectFile(project, file, commands));
  writeAtomically(join(dirname(file), SCHEMA_FILE), `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`);
  return { reason, commands };
}

function commandOf(step: ProjectStep, file: string): string {
  if (step.kind === 'fetchEncoder') return `xtm models fetch ${step.encoder}`;
  if (step.kind === 'induceDictionary') return `xtm dictionary induce ${pastablePath(file)}`;
  return `xtm dictionary fetch ${step.languages.join(',')} --out ${pastablePath(step.file)}`;
}
