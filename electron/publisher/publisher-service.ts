import type { CrateConfig } from '../../shared/config/crates';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { ListenerState, ListenerStatus, UnmatchedPublisher } from '../../shared/domain/listener';
import { failure } from '../../shared/result';
import { decodeDatagram, type PublishedMessage } from './decode';
import { ExpectedChecks } from './expected-checks';
import { readKernelDrops } from './kernel-drops';
import { DatagramListener, type DatagramSender } from './listener';
import { MalformedSamples } from './malformed-samples';
import { PublisherMatcher } from './matcher';
import { findPortHolder } from './port-holder';
import { StreamTracker } from './streams';
import { SenderNames } from './sender-names';
import { noTraffic, TrafficCounter, type SlotTraffic } from './traffic';
import { UnmatchedRegistry } from './unmatched';

/** The part of the configuration that publishing concerns. */
export interface PublisherConfig {
  readonly listener: { readonly host: string; readonly port: number };
  readonly crates: readonly CrateConfig[];
}

/** Where a relayed datagram comes from: the run whose supervisor recorded it, and its place in the relay's file. */
export interface RelayOrigin {
  readonly run: RunId;
  readonly slot: SlotId;
  /** The publisher's source port where the script runs. */
  readonly port: number;
  /** Where its record ends in the relay's file. */
  readonly end: number;
  /** What of it an earlier panel had not kept yet. */
  readonly isNew: { readonly message: boolean; readonly session: boolean };
}

export interface PublisherServiceOptions {
  /**
   * Called for every message, whether it belongs to a slot or not. `relay` is null for those that came to the listener.
   */
  onMessage(
    message: PublishedMessage,
    slot: SlotId | null,
    receivedAt: number,
    relay: RelayOrigin | null,
  ): void;
  /** What `status`, `unmatched` or a slot's rate says has changed. Counters alone are reported once a second. */
  onStatus(): void;
  readonly clock: () => number;
  readonly log: { warn(message: string): void; error(message: string): void };
  readonly retryEveryMs?: number;
}

const rateEveryMs = 1000;

/** The type of the message that a connection check publishes. */
const checkType = 'panel_check';

/**
 * Receives what the publishers send and accounts for every datagram: `received = matched + unmatched + malformed`
 * holds at any time. Nothing that a datagram contains, and no fault of a consumer, stops it.
 */
export class PublisherService {
  /** Messages of connection checks that are expected. They are counted like any other. */
  readonly checks = new ExpectedChecks();
  readonly #options: PublisherServiceOptions;
  readonly #streams = new StreamTracker();
  readonly #unmatchedPublishers = new UnmatchedRegistry();
  readonly #senders = new SenderNames();
  readonly #samples = new MalformedSamples();
  readonly #slots = new Map<SlotId, TrafficCounter>();
  /** All messages together, for the rate and the loss. */
  readonly #all = new TrafficCounter();
  #matcher = new PublisherMatcher([]);
  #wanted = { host: '', port: 0 };
  #listener: DatagramListener | null = null;
  #socket: ListenerState = { state: 'starting' };
  #matched = 0;
  #unmatched = 0;
  #malformed = 0;
  #receivedAtTick = 0;
  #forgottenAtTick = 0;
  /** Drops of the sockets that were open before this one, and of this one. */
  #earlierDrops = 0;
  #socketDrops: number | null = null;
  #faults = 0;
  #timer: NodeJS.Timeout | null = null;
  #tickedAt = 0;
  #dropsRead: Promise<void> | null = null;
  #change: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: PublisherServiceOptions) {
    this.#options = options;
  }

  /** Starts listening. Resolves when the first attempt at the port has ended, well or not. */
  start(config: PublisherConfig): Promise<void> {
    if (this.#timer !== null || this.#closed) throw new Error('the publisher service was started already');
    this.#tickedAt = this.#options.clock();
    this.#timer = setInterval(() => this.#tick(), rateEveryMs);
    return this.reconfigure(config);
  }

  /** Takes over another configuration. The socket is opened anew only where its host or port is another. */
  reconfigure(config: PublisherConfig): Promise<void> {
    this.#matcher = new PublisherMatcher(config.crates);
    this.#unmatchedPublishers.remove((publisherId) => this.#matcher.match(publisherId) !== null);
    this.#notify();
    const change = this.#change.then(() => this.#listenOn(config.listener));
    // One that failed is told to its caller, and must not keep the next from being made.
    this.#change = change.catch(() => undefined);
    return change;
  }

  status(): ListenerStatus {
    const all = this.#all.read();
    return {
      host: this.#wanted.host,
      port: this.#listener?.port ?? this.#wanted.port,
      socket: this.#socket,
      received: this.#matched + this.#unmatched + this.#malformed,
      matched: this.#matched,
      unmatched: this.#unmatched,
      malformed: this.#malformed,
      perSecond: all.perSecond,
      lost: all.lost,
      oversize: all.oversize,
      kernelDrops: this.#socketDrops === null ? null : this.#earlierDrops + this.#socketDrops,
      malformedSamples: this.#samples.list(),
    };
  }

  slotTraffic(slot: SlotId): SlotTraffic {
    return this.#slots.get(slot)?.read() ?? noTraffic;
  }

  unmatched(): UnmatchedPublisher[] {
    return this.#unmatchedPublishers.list();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#change;
    await this.#listener?.close();
    await this.#dropsRead;
    this.#reportFaults();
  }

  async #listenOn(wanted: PublisherConfig['listener']): Promise<void> {
    if (this.#closed) return;
    if (this.#listener !== null && wanted.host === this.#wanted.host && wanted.port === this.#wanted.port)
      return;
    await this.#listener?.close();
    this.#socket = { state: 'starting' };
    this.#keepDrops();
    this.#wanted = { host: wanted.host, port: wanted.port };
    this.#listener = new DatagramListener({
      ...this.#wanted,
      onDatagram: (bytes, sender, receivedAt) => this.#receive(bytes, sender, receivedAt),
      onState: (state) => this.#takeState(state),
      findHolder: findPortHolder,
      clock: this.#options.clock,
      ...(this.#options.retryEveryMs === undefined ? {} : { retryEveryMs: this.#options.retryEveryMs }),
    });
    await this.#listener.open();
  }

  /** Takes a datagram that a run's supervisor recorded. It is that run's, whatever id it carries. */
  takeRelayed(bytes: Buffer, relay: RelayOrigin, receivedAt: number): void {
    this.#take(bytes, `${relay.run}:${relay.port}`, receivedAt, relay);
  }

  #receive(bytes: Buffer, from: DatagramSender, receivedAt: number): void {
    this.#take(bytes, this.#senders.name(from), receivedAt, null);
  }

  #take(bytes: Buffer, sender: string, receivedAt: number, relay: RelayOrigin | null): void {
    const decoded = this.#decode(bytes);
    if (!decoded.ok) {
      this.#malformed += 1;
      this.#samples.add(bytes, sender, receivedAt, decoded.error.message);
      this.#notify();
      return;
    }
    const message = decoded.value;
    const { lost, oversize } = this.#streams.observe(sender, message);
    this.#all.add(receivedAt, lost, oversize);
    if (message.msgtype === checkType) this.checks.note(message);
    const slot = this.#matcher.match(message.publisherId) ?? relay?.slot ?? null;
    if (slot === null) {
      this.#unmatched += 1;
      if (this.#unmatchedPublishers.add(message.publisherId, sender, receivedAt)) this.#notify();
    } else {
      this.#matched += 1;
      this.#slot(slot).add(receivedAt, lost, oversize);
    }
    try {
      this.#options.onMessage(message, slot, receivedAt, relay);
    } catch (error) {
      this.#takeFault(error);
    }
  }

  /** A fault of the decoder itself costs the datagram, not the listener. */
  #decode(bytes: Buffer): ReturnType<typeof decodeDatagram> {
    try {
      return decodeDatagram(bytes);
    } catch (error) {
      this.#takeFault(error);
      return failure('malformed', "the panel failed to read it; the panel's own log says why");
    }
  }

  #slot(slot: SlotId): TrafficCounter {
    let traffic = this.#slots.get(slot);
    if (traffic === undefined) {
      traffic = new TrafficCounter();
      this.#slots.set(slot, traffic);
    }
    return traffic;
  }

  #takeState(state: ListenerState): void {
    if (state.state === 'listening') this.#keepDrops();
    this.#socket = state;
    if (state.state === 'failed') this.#options.log.warn(state.message);
    this.#notify();
  }

  /** A new socket counts its drops from 0. */
  #keepDrops(): void {
    this.#earlierDrops += this.#socketDrops ?? 0;
    if (this.#socketDrops !== null) this.#socketDrops = 0;
  }

  #tick(): void {
    const now = this.#options.clock();
    const elapsed = now - this.#tickedAt;
    // The clock of the machine was set back: the rate of this second cannot be told.
    if (elapsed <= 0) {
      this.#tickedAt = now;
      return;
    }
    this.#tickedAt = now;
    let changed = this.#all.tick(elapsed);
    for (const traffic of this.#slots.values()) changed = traffic.tick(elapsed) || changed;
    const received = this.#matched + this.#unmatched + this.#malformed;
    if (changed || received !== this.#receivedAtTick) this.#notify();
    this.#receivedAtTick = received;
    this.#reportFaults();
    this.#dropsRead ??= this.#readDrops().finally(() => {
      this.#dropsRead = null;
    });
  }

  async #readDrops(): Promise<void> {
    const socket = this.#socket;
    if (this.#listener === null || socket.state !== 'listening') return;
    const drops = await readKernelDrops(this.#listener.port);
    // Another socket may have been opened meanwhile, to which this number does not belong.
    if (drops === null || socket !== this.#socket || drops === this.#socketDrops) return;
    this.#socketDrops = drops;
    this.#notify();
  }

  #reportFaults(): void {
    if (this.#faults > 1) {
      this.#options.log.error(`${this.#faults - 1} more published messages could not be handled`);
    }
    this.#faults = 0;
    const { forgotten } = this.#unmatchedPublishers;
    if (forgotten > this.#forgottenAtTick) {
      this.#options.log.warn(
        `${forgotten - this.#forgottenAtTick} unmatched publisher ids made room for newer ones`,
      );
    }
    this.#forgottenAtTick = forgotten;
  }

  #notify(): void {
    try {
      this.#options.onStatus();
    } catch (error) {
      this.#takeFault(error);
    }
  }

  /** Keeps a fault from the socket. The first of each second is logged in full, the others are counted. */
  #takeFault(error: unknown): void {
    this.#faults += 1;
    if (this.#faults > 1) return;
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#options.log.error(`A published message could not be handled: ${cause}`);
  }
}
