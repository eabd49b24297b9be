/** The port that a verb's page listens on: the option, and what is said when it cannot be had. */
import { InvalidArgumentError } from 'commander';

/** The value of `--port`. @throws InvalidArgumentError */
export const portNumber = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('a port is a whole number from 0 to 65535');
  }
  return port;
};

/** One line for people on why a port could not be listened at. */
export const listenFailure = (error: unknown, port: number): string => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return `port ${port} is in use by another program: choose another with --port, or --port 0`;
  }
  if (code === 'EACCES')
    return `port ${port} may not be used by this account: choose one above 1023 with --port`;
  return error instanceof Error ? error.message : String(error);
};
