import { XtmError } from '@xtm/contracts';
import { tasksHere, type WorkerQuestion, type WorkerReply } from './worker-process';

async function reply({ task, request }: WorkerQuestion): Promise<WorkerReply> {
  try {
    return { answer: await tasksHere[task](request) };
  } catch (error) {
    if (error instanceof XtmError)
      return { problem: error.message, ...(error.advice !== undefined && { advice: error.advice }) };
    throw error;
  }
}

process.once('message', async (question: WorkerQuestion) => {
  process.send!(await reply(question));
  process.disconnect();
});
