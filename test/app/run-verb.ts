/** Runs one verb of the command line in this process and gives back what it printed and how it ended. */
import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { Command, CommanderError } from 'commander';
import { CliError, type CliIo } from '../../app/cli/io.ts';
import { systemClock } from '../../station/clock.ts';

export interface VerbResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly bytes: Uint8Array;
  readonly stderr: string;
}

export const runVerb = async (
  register: (program: Command, io: CliIo) => void,
  ...args: readonly string[]
): Promise<VerbResult> => {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const printed = buffer(streams.stdout);
  const said = text(streams.stderr);
  const io: CliIo = { ...streams, clock: systemClock(), stopped: new AbortController().signal };
  const program = new Command('chairside')
    .exitOverride()
    .configureOutput({ writeErr: (line) => streams.stderr.write(line) });
  register(program, io);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  let exitCode = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) exitCode = 2;
    else if (error instanceof CliError) {
      exitCode = error.exitCode;
      streams.stderr.write(error.message);
    } else throw error;
  }
  streams.stdout.end();
  streams.stderr.end();
  const bytes = await printed;
  return { exitCode, stdout: bytes.toString('utf8'), bytes, stderr: await said };
};
