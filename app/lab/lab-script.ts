/** Commands as NDJSON, one after the other: each begins when the one before it is done. */
import { parseLabCommand } from '../../core/lab/commands.ts';
import { type Lab, LabError } from './lab.ts';

/** What came of one line. */
export type ScriptResult =
  | { readonly kind: 'done'; readonly line: number; readonly do: string; readonly [fact: string]: unknown }
  | { readonly kind: 'refused'; readonly line: number; readonly problem: string };

/** Carries out the commands of `lines`; empty lines and those that begin with # are left out. */
export async function* runScript(lab: Lab, lines: AsyncIterable<string>): AsyncGenerator<ScriptResult> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    yield await runLine(lab, text, line);
  }
}

const runLine = async (lab: Lab, text: string, line: number): Promise<ScriptResult> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return {
      kind: 'refused',
      line,
      problem: `not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const parsed = parseLabCommand(json);
  if (!parsed.ok) return { kind: 'refused', line, problem: parsed.problem };
  try {
    const answer = await lab.perform(parsed.command);
    return { kind: 'done', line, do: parsed.command.do, ...answer };
  } catch (error) {
    if (error instanceof LabError) return { kind: 'refused', line, problem: error.message };
    throw error;
  }
};
