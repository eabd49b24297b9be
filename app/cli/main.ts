/** The command surface: `npm run -s chairside -- <verb>`. Exit 0 ok, 1 failed, 2 wrong usage. */
import { Command, CommanderError } from 'commander';
import { systemClock } from '../../station/clock.ts';
import { VERSION } from '../version.ts';
import { registerBackup, registerRestore } from './backup.ts';
import { registerBench } from './bench.ts';
import { registerCapture } from './capture.ts';
import { registerDecode } from './decode.ts';
import { registerDetect } from './detect.ts';
import { registerDevices } from './devices.ts';
import { registerEvaluate } from './evaluate.ts';
import { registerExport } from './export.ts';
import { registerFixture } from './fixture.ts';
import { registerImport } from './import.ts';
import { CliError, type CliIo, processIo } from './io.ts';
import { registerLab } from './lab.ts';
import { registerReplay } from './replay.ts';
import { registerSending } from './sending.ts';
import { registerServe } from './serve.ts';
import { registerSessions } from './sessions.ts';
import { registerSimulate } from './simulate.ts';
import { registerVerify } from './verify.ts';

/** The whole program with all its verbs. */
const createProgram = (io: CliIo): Command => {
  const program = new Command('chairside')
    .description('Infusion-room vitals: monitors in, live trends, alarms and a record out.')
    .version(VERSION)
    .showHelpAfterError('(add --help for the options)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  const verbs = [
    registerServe,
    registerDevices,
    registerDetect,
    registerDecode,
    registerSimulate,
    registerLab,
    registerCapture,
    registerReplay,
    registerSending,
    registerFixture,
    registerEvaluate,
    registerSessions,
    registerExport,
    registerImport,
    registerVerify,
    registerBackup,
    registerRestore,
    registerBench,
  ];
  for (const register of verbs) register(program, io);
  for (const verb of program.commands) verb.exitOverride().configureOutput(program.configureOutput());
  return program;
};

/** Runs one verb; the exit code. */
const main = async (io: CliIo, argv: readonly string[]): Promise<number> => {
  try {
    await createProgram(io).parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof CliError) {
      if (error.message !== '') io.stderr.write(`chairside: ${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
};

process.exitCode = await main(processIo(systemClock()), process.argv.slice(2));
