/** The parts of the stand-in for Electron that are processes and ports: what is sent, and to whom, is recorded. */
import { EventEmitter } from 'node:events';

/** The order in which messages and ports left the main process. */
export const journal: { to: 'station' | 'window'; message: unknown; ports: readonly FakePort[] }[] = [];

/** An event object whose `preventDefault` can be looked at afterwards. */
export const fakeEvent = <T extends object>(details: T) => {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
};

/** Both ends of a message channel; each hears the clones that the other posts. */
export class FakePort extends EventEmitter {
  peer: FakePort | null = null;
  isStarted = false;
  isClosed = false;
  private readonly queued: unknown[] = [];

  postMessage(data: unknown): void {
    if (this.isClosed) throw new Error('posted to a closed port');
    this.peer?.deliver(structuredClone(data));
  }

  start(): void {
    this.isStarted = true;
    for (const data of this.queued.splice(0)) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.emit('close');
    this.peer?.close();
  }

  private deliver(data: unknown): void {
    if (this.isStarted) this.emit('message', { data, ports: [] });
    else this.queued.push(data);
  }
}

export const portPair = (): readonly [FakePort, FakePort] => {
  const [one, two] = [new FakePort(), new FakePort()];
  one.peer = two;
  two.peer = one;
  return [one, two];
};

export class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined;
  readonly posted: { message: unknown; ports: readonly FakePort[] }[] = [];
  kills = 0;
  /** A hung process does not end when it is asked to. */
  isHung = false;
  readonly modulePath: string;
  readonly options: unknown;

  constructor(pid: number, modulePath: string, options: unknown) {
    super();
    this.pid = pid;
    this.modulePath = modulePath;
    this.options = options;
  }

  postMessage(message: unknown, ports: readonly FakePort[] = []): void {
    this.posted.push({ message, ports });
    journal.push({ to: 'station', message, ports });
    if (isType(message, 'stop') && !this.isHung) this.end(0);
  }

  kill(): boolean {
    this.kills += 1;
    if (!this.isHung) this.end(143);
    return true;
  }

  /** The process ends with this exit code. */
  end(code: number): void {
    if (this.pid === undefined) return;
    this.pid = undefined;
    this.emit('exit', code);
  }

  /** The process says something. */
  say(message: unknown): void {
    this.emit('message', structuredClone(message));
  }
}

const isType = (message: unknown, type: string): boolean =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === type;
