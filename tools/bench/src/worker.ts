import { XtmError } from '@xtm/contracts';
import { type MeasurementRequest, measureStage, type WorkerReply } from './measurement';

async function answer(request: MeasurementRequest): Promise<WorkerReply> {
  try {
    return { measurement: await measureStage(request) };
  } catch (error) {
    if (error instanceof XtmError)
      return { problem: error.message, ...(error.advice !== undefined && { advice: error.advice }) };
    throw error;
  }
}

process.once('message', async (request: MeasurementRequest) => {
  process.send!(await answer(request));
  process.disconnect();
});
