import type { Agent, Conversation, SessionFile, SessionRoot, StateDir, Window } from "../conversation/model";
import type { TranscriptIndex } from "../index/transcriptIndex";
import type { Problem } from "../problem";
import type { LockFact } from "../rotation/rotationFacts";
import type { Surroundings } from "../surroundings/surroundings";
import type { FileContent } from "./fileChange";
import type { GatewayFact } from "./gatewayFact";
import type { RestoreRequest } from "./restoreRequest";

/** All that a plan and its checks depend on, read at one moment. Nothing in it is written down later. */
export interface RestoreFacts {
  readonly request: RestoreRequest;
  /** Epoch ms. */
  readonly now: number;
  /** Id of the plan to be. */
  readonly id: string;
  /** Random UUIDs, as many as are asked for. */
  readonly newUuid: () => string;
  readonly stateDir: StateDir;
  readonly agent: Agent;
  readonly root: SessionRoot;
  /** Real path of `root.path`. */
  readonly rootRealPath: string;
  readonly window: Window;
  /** Of the target key, if it has a row or windows. */
  readonly conversation: Conversation | undefined;
  readonly surroundings: Surroundings;
  readonly source: SourceFacts;
  readonly index: IndexFacts;
  /** The transcript that is current under the target key, when there is one. */
  readonly displaced: DisplacedFacts | undefined;
  /** Base names in the sessions directory now. */
  readonly names: readonly string[];
  /** Rows of every index of this state directory that name a session id or file, the target's own included. */
  readonly rows: readonly RowFact[];
  readonly gateway: GatewayFact;
  /** Locks of sessions and of the index. */
  readonly locks: readonly LockFact[];
  readonly disk: DiskFacts;
  /** Restores of this state directory that were begun and not ended. */
  readonly unfinished: readonly string[];
  readonly trusted: boolean;
}

/** The file that holds the conversation to bring back. */
export interface SourceFacts {
  readonly file: SessionFile;
  readonly realPath: string;
  /** Undefined when it cannot be read, and `problem` says why. */
  readonly index: TranscriptIndex | undefined;
  /** First line as it is, without `\n`; undefined when there is none or it is longer than 1 MB. */
  readonly firstLine: string | undefined;
  /** Bytes of the first line, its `\n` included. */
  readonly firstLineBytes: number;
  /** Bytes unpacked; the file's own size when it is not packed. */
  readonly unpackedBytes: number;
  readonly uid: number | undefined;
  /** Names of it: more than one is a hard link. */
  readonly links: number;
  readonly problem: Problem | undefined;
  /** Other copies of the same window that hold more entries, or the same and later ones. */
  readonly supersets: readonly SessionFile[];
}

export interface IndexFacts {
  /** As the gateway opens it. */
  readonly path: string;
  readonly state:
    /** Read whole. `content` describes `bytes`. */
    | { readonly kind: "read"; readonly bytes: Uint8Array; readonly content: FileContent }
    | { readonly kind: "absent" }
    | { readonly kind: "unreadable"; readonly problem: Problem }
    /** Above what is edited in memory; bytes. */
    | { readonly kind: "too-large"; readonly bytes: number };
  readonly symlink: boolean;
  readonly uid: number | undefined;
}

export interface DisplacedFacts {
  readonly sessionId: string;
  /** Absolute, real. Undefined: the row's transcript does not exist. */
  readonly file: { readonly path: string; readonly content: FileContent; readonly links: number } | undefined;
  /** Id in its header; undefined when it has none. */
  readonly headerId: string | undefined;
  /** Messages of people and model in it. */
  readonly messages: number | undefined;
}

export interface RowFact {
  readonly storePath: string;
  readonly key: string;
  readonly sessionId: string | undefined;
  /** Where its transcript is, by OpenClaw's rules; absolute. */
  readonly file: string | undefined;
  readonly status: string | undefined;
  readonly updatedAt: number | undefined;
}

export interface DiskFacts {
  /** Absolute. */
  readonly vault: string;
  readonly vaultInsideStateDir: boolean;
  readonly vaultProblem: Problem | undefined;
  /** Bytes free for us; undefined where it cannot be told. */
  readonly free: { readonly sessions: number | undefined; readonly vault: number | undefined };
  readonly sameFileSystem: { readonly vault: boolean | undefined; readonly source: boolean | undefined };
  /** Two names that differ by case only are one file here. */
  readonly caseInsensitive: boolean;
  /** The sessions directory, as we may use it. */
  readonly sessions: { readonly writable: boolean; readonly uid: number | undefined; readonly mode: number };
  /** We run as; undefined on Windows. */
  readonly uid: number | undefined;
  /** Owner and mode that most transcripts here have. */
  readonly neighbours: { readonly uid: number | undefined; readonly mode: number };
  /** Newest mtime in the sessions directory, epoch ms. */
  readonly newest: number | undefined;
}
