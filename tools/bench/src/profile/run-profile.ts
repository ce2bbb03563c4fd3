import { writeFileSync } from 'node:fs';
import type { Output } from '../bench';
import type { ProfileOptions } from '../options';
import { selectStages } from '../stages/registry';
import type { StageTasks } from '../worker-process';
import type { StageProfile } from './profile-stage';
import { formatProfile } from './profile-table';

/**
 * Profiles the stages that the options name, one after the other, and prints each profile when it is there.
 *
 * @throws InvalidOptionError, MissingFileError, DataFormatError, MeasurementError
 */
export async function runProfile(options: ProfileOptions, tasks: StageTasks, output: Output): Promise<void> {
  const { filters, variants, workload, repetition, threads, byShape, json } = options;
  const profiles: StageProfile[] = [];
  for (const { name: stage } of selectStages(filters)) {
    for (const variant of variants) {
      const profile = await tasks.profile({ stage, growth: '', ...variant, workload, repetition, threads });
      if (profiles.length > 0) output.print('');
      output.print(formatProfile(profile, byShape));
      profiles.push(profile);
    }
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ workload, profiles }, undefined, 2)}\n`);
}
