import type { PublicDataset } from '@xtm/data';
import { estimateCost } from '../runs/run-cost';
import type { RunResult } from '../runs/read-run-results';
import { PHASE_TWO, scheduleOf } from '../runs/schedule';
import type { Method } from '../tables/method';

const REFERENCE = 'needs the WikiComp-2014 reference corpus ("xtm datasets info wikicomp-2014"), then --references FOLDER';
const LANGUAGE_MODEL = 'needs a language model (--llm-model NAME) and the BGE-M3 embeddings ("xtm models fetch bge-m3"), then --embedder bge-m3';

const WITHOUT_CLASSIFIER = 'evaluated without this classifier: xtm evaluate RUN --classifiers both';

/** What is missing for a method's runs on a benchmark. */
export function missingRuns({ model, phaseTwo }: Method, dataset: PublicDataset): string {
  if (phaseTwo?.refiner === 'openai') return LANGUAGE_MODEL;
  const minutes = estimateCost(model, dataset, phaseTwo ? PHASE_TWO.published : (scheduleOf(model)?.published ?? 0), phaseTwo).minutes;
  return `not run here: about ${formatTime(minutes)} of one core a seed${phaseTwo ? ', after its phase 1' : ''}`;
}

/** What is missing for a figure that finished runs lack. */
export function missingFigure(figure: string, runs: readonly RunResult[]): string {
  const measure = figure.split('/')[0]!;
  if (measure === 'cnpmi' || measure === 'topicQuality') return REFERENCE;
  const reason = runs.map(({ omitted }) => omitted.get(measure)).find((text) => text !== undefined);
  return reason === undefined ? WITHOUT_CLASSIFIER : `left out: ${reason}`;
}

/** Minutes up to two hours, hours from then on. */
export function formatTime(minutes: number): string {
  return minutes < 120 ? `${Math.max(1, Math.round(minutes))} min` : `${(minutes / 60).toFixed(1)} h`;
}
