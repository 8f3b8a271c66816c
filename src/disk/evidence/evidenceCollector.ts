import type { StateDir } from "../../core/conversation/model";
import type { CollectedEvidence, PlacedNote } from "../../core/rotation/rotationFacts";
import type { openBytes } from "../byteSource";
import { SideEvidenceReader, type SideFindings } from "../scanSideEvidence";
import { CommandLogReader } from "./commandRecords";
import { LockReader } from "./locks";
import { findLogFiles, type EvidencePlaces } from "./logFiles";
import { LogReader } from "./logReader";
import { OwnReceiptReader } from "./ownReceipts";
import type { ProcessLook } from "./processLook";
import type { ResetRecordStore } from "./resetRecordStore";
import { StoreBackupReader } from "./storeBackupRows";
import { readTraceContexts, type TraceContextCache } from "./traceContexts";
import { TriggerReader } from "./triggers";

export interface EvidenceCollectorOptions {
  /** Asked at every look: workspace trust may come and go. */
  readonly places: () => EvidencePlaces;
  /** What was kept of rotations that were seen; undefined: nothing is. */
  readonly resetRecords: Pick<ResetRecordStore, "load"> | undefined;
  /** Where the inspector keeps receipts of what it restored (`vaultDirectory`); undefined: nowhere. */
  readonly vaultBase?: string | undefined;
  /** Told what could not be read; the other parts count all the same. */
  readonly log: (message: string) => void;
  /** Epoch ms. */
  readonly now?: (() => number) | undefined;
  /** IANA name; of this machine when left out. */
  readonly machineZone?: string | undefined;
  /** How logs and other records are opened, for tests that count what is read. */
  readonly open?: typeof openBytes | undefined;
  readonly processes?: ProcessLook | undefined;
}

/** What is remembered between two looks at one state directory. */
interface Readers {
  readonly logs: LogReader;
  readonly commands: CommandLogReader;
  readonly side: SideEvidenceReader;
  readonly backups: StoreBackupReader;
  readonly triggers: TriggerReader;
  readonly locks: LockReader;
  readonly receipts: OwnReceiptReader;
}

/**
 * Collects what explains rotations besides the snapshot: logs around given moments, commands, notes, cron runs, earlier rows,
 * run traces, locks, and what was kept when it happened. Only the state directory and the places of logs are read; a second
 * look at what did not change costs a few `lstat` calls.
 */
export class EvidenceCollector {
  /** By real path. */
  private readonly readers = new Map<string, Readers>();
  private readonly traceContexts: TraceContextCache = new Map();

  constructor(private readonly options: EvidenceCollectorOptions) {}

  /** @param around epoch ms of the rotations to explain, any order. Rejects only when aborted. */
  async collect(stateDir: StateDir, around: readonly number[], signal: AbortSignal): Promise<CollectedEvidence> {
    const readers = this.readersOf(stateDir.realPath);
    const places = this.options.places();
    const attempt = async <T>(part: string, otherwise: T, read: () => Promise<T>): Promise<T> => {
      signal.throwIfAborted();
      try {
        return await read();
      } catch (error) {
        signal.throwIfAborted();
        this.options.log(`${part} of ${stateDir.path} cannot be read: ${String(error)}`);
        return otherwise;
      }
    };
    const [logs, commands, side, rowsBefore, triggers, resetRecords, restores, locks, traceContexts] =
      await Promise.all([
        attempt("logs", { records: [], coverage: [], unread: [] }, async () =>
          readers.logs.read(await findLogFiles(stateDir, places), around, signal),
        ),
        attempt("logs/commands.log", [], () => readers.commands.read(stateDir, signal)),
        attempt("notes and cron runs", noFindings, () => readers.side.read(signal)),
        attempt("index backups", [], () => readers.backups.read(stateDir, signal)),
        attempt<CollectedEvidence["triggers"]>("run traces", new Map(), () =>
          readers.triggers.read(stateDir, around, signal),
        ),
        attempt("reset records", [], async () => (await this.options.resetRecords?.load(stateDir.realPath)) ?? []),
        attempt("receipts of restores", [], async () =>
          this.options.vaultBase === undefined
            ? []
            : readers.receipts.read(this.options.vaultBase, stateDir.realPath, signal),
        ),
        attempt("locks", [], () => readers.locks.read(stateDir, places, signal)),
        attempt("run traces of heartbeats", [], () =>
          readTraceContexts(stateDir, signal, { cache: this.traceContexts, log: this.options.log }),
        ),
      ]);
    return {
      logs: logs.records,
      logCoverage: logs.coverage,
      logUnread: logs.unread,
      commands,
      notes: placed(side),
      cronRuns: side.cronRuns,
      rowsBefore,
      triggers,
      resetRecords,
      restores,
      locks,
      traceContexts,
      machineZone: this.options.machineZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      now: (this.options.now ?? Date.now)(),
    };
  }

  private readersOf(stateDir: string): Readers {
    const known = this.readers.get(stateDir);
    if (known !== undefined) return known;
    const { log, open, processes } = this.options;
    const made: Readers = {
      logs: new LogReader(log, open),
      commands: new CommandLogReader(open),
      side: new SideEvidenceReader(stateDir),
      backups: new StoreBackupReader(),
      triggers: new TriggerReader(open),
      locks: new LockReader(processes),
      receipts: new OwnReceiptReader(),
    };
    this.readers.set(stateDir, made);
    return made;
  }
}

const noFindings: SideFindings = { cronRuns: [], memoryNotes: [], noteFiles: [], problems: [] };

function placed({ noteFiles }: SideFindings): readonly PlacedNote[] {
  return noteFiles.map(({ note, file }) => ({ ...note, place: { file }, at: note.at }));
}
