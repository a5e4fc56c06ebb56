// smoothgrad merge: the results of shares as one file, the same that one run would have made of all.
import { openParquet } from './batch/parquet.js';
import { inOrder } from './batch/result_lines.js';
import { readAllResults } from './batch/shares.js';
import { checkOutputs } from './outputs.js';
import { print } from './terminal.js';
import { writeWhole } from './whole_file.js';

export interface MergeCommand {
  output: string;
}

export async function merge(paths: string[], { output }: MergeCommand): Promise<number> {
  checkOutputs({ '--output': [output] }, paths);
  const table = output.endsWith('.parquet') ? await openParquet() : undefined;
  const { texts } = await readAllResults(paths);
  const text = inOrder(texts);
  await writeWhole(output, table ? table(text) : text);
  print(`${texts.size} results -> ${output}`);
  return 0;
}
