import * as l10n from "@vscode/l10n";
import type { EngineHost } from "../restore/engine/engineHost";
import { codeOf } from "../restore/engine/fileFault";
import type { LookedAtFile, RestoreFiles } from "../restore/restoreFiles";
import { KeepRefused, type KeptCopy, type KeptRecord } from "./keptCopy";
import { damagedName, recordName, temporaryBegun, temporaryName } from "./keptName";
import { readRecord } from "./readKeptRecord";
import { recordText } from "./keptRecord";

export interface KeepWorld extends Pick<EngineHost, "hash" | "now"> {
  readonly files: RestoreFiles;
  readonly newUuid: () => string;
  readonly join: (directory: string, name: string) => string;
  /** The directory above. */
  readonly dirname: (path: string) => string;
}

/** Bytes that are safe in a temporary file, read back and found the same. */
export interface SafeBytes {
  readonly temporary: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Of the original, epoch ms. */
  readonly mtimeMs: number;
}

/** What its record says of a copy, but for its name. */
export type Describe = (of: Pick<SafeBytes, "bytes" | "sha256" | "mtimeMs">) => Omit<KeptRecord, "copy"> & {
  readonly copy: Omit<KeptCopy, "name">;
};

/** Folder of kept copies, state directory, agent. */
const OWN_DIRECTORIES = 3;
/** A temporary file of ours is given up for lost after that. */
const ABANDONED_MS = 24 * 60 * 60 * 1_000;
/** Where links are refused, or cross a border that we do not see. */
const NO_LINKS: ReadonlySet<unknown> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "EXDEV",
  "EMLINK",
  "ENOSYS",
  "EACCES",
]);
/** Where a directory cannot be synced. */
const NO_SYNC: ReadonlySet<unknown> = new Set(["EINVAL", "EPERM", "EISDIR", "ENOTSUP", "EACCES"]);

/** Where the kept copies of one agent are, and how one gets its name there: replacing nothing, with a record that claims it first. */
export class KeptDirectory {
  private readonly begun: string[] = [];

  constructor(
    private readonly world: KeepWorld,
    private readonly directory: string,
    private readonly describe: Describe,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Makes it, so that its own name lasts too: those above it are synced, also where one that was stopped has made them. */
  async make(): Promise<void> {
    const { files, dirname } = this.world;
    const above: string[] = [];
    for (let at = this.directory; above.length < OWN_DIRECTORIES || (await files.look(at)).kind === "absent";) {
      at = dirname(at);
      above.push(at);
      if (dirname(at) === at) break;
    }
    await files.makeDirectory(this.directory);
    for (const each of above) await this.sync(each);
  }

  /** What was begun by a process that has gone. Only by our own form of names, and only after a day: another may be at work. */
  async removeAbandoned(): Promise<void> {
    const { files, now } = this.world;
    for (const name of await files.list(this.directory)) {
      const begun = temporaryBegun(name);
      if (begun === undefined || now() - begun < ABANDONED_MS) continue;
      await files.unlink(this.path(name)).catch(() => undefined); // in nobody's way
    }
  }

  /** Of this one only. What cannot be removed goes with the next one that is kept. */
  async removeTemporaries(): Promise<void> {
    for (const temporary of this.begun) await this.world.files.unlink(temporary).catch(() => undefined);
  }

  newTemporary(): string {
    const temporary = this.path(temporaryName(this.world.now(), this.world.newUuid()));
    this.begun.push(temporary);
    return temporary;
  }

  look(name: string): Promise<LookedAtFile> {
    return this.world.files.look(this.path(name));
  }

  /** Whether a name is that of these very bytes. A copy that cannot be read is none. */
  async holds(name: string, { bytes, sha256 }: Pick<SafeBytes, "bytes" | "sha256">): Promise<boolean> {
    const there = await this.look(name);
    if (there.kind !== "file" || there.bytes !== bytes) return false;
    try {
      return (await this.hash(this.path(name))) === sha256;
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      return false;
    }
  }

  /** For a copy that is there and whole: it gets the record it lacks, and both are made to last. */
  async settleCopy(name: string, of: Pick<SafeBytes, "bytes" | "sha256" | "mtimeMs">): Promise<KeptCopy> {
    const copy = await this.sureOfRecord(name, of);
    await this.settle(name);
    return copy;
  }

  /** Undefined: the name is somebody else's. */
  async tryName(
    name: string,
    safe: SafeBytes,
  ): Promise<{ readonly copy: KeptCopy; readonly wasKept: boolean } | undefined> {
    const { files } = this.world;
    const path = this.path(name);
    if ((await files.look(path)).kind !== "absent") {
      return (await this.holds(name, safe)) ? { copy: await this.settleCopy(name, safe), wasKept: true } : undefined;
    }
    const claim = await this.claim(name, safe);
    if (claim === undefined) return undefined;
    const isPlaced = await this.place(safe.temporary, path, safe.sha256);
    if (isPlaced) {
      // Only for the eye: what it is, its record says.
      await files.setTimes(path, safe.mtimeMs).catch(() => undefined);
    } else if (!(await this.holds(name, safe))) {
      // Bytes of somebody else that came without a record; ours must not tell of them.
      if (claim.isOurs) await files.unlink(this.path(recordName(name)));
      return undefined;
    }
    await this.settle(name);
    return { copy: claim.copy, wasKept: !isPlaced };
  }

  async hash(path: string): Promise<string> {
    const digest = this.world.hash();
    for await (const piece of this.world.files.read(path)) {
      this.signal?.throwIfAborted();
      digest.update(piece);
    }
    return digest.digest();
  }

  /** Also what somebody else made, who may have been stopped before it was safe. */
  private async settle(name: string): Promise<void> {
    const { files } = this.world;
    await files.syncFile(this.path(name));
    await files.syncFile(this.path(recordName(name)));
    await this.sync(this.directory);
  }

  /** The record under which the name is ours; also one that was left by who stopped before the copy had its name. */
  private async claim(
    name: string,
    safe: SafeBytes,
  ): Promise<{ readonly copy: KeptCopy; readonly isOurs: boolean } | undefined> {
    const written = await this.writeRecord(name, safe);
    if (written !== undefined) return { copy: written, isOurs: true };
    const record = await readRecord(this.world.files, this.path(recordName(name)));
    if (record === "absent" || record === "damaged" || record.copy.sha256 !== safe.sha256) return undefined;
    return { copy: record.copy, isOurs: false };
  }

  /** A record that is damaged is moved aside, never overwritten. */
  private async sureOfRecord(name: string, of: Pick<SafeBytes, "bytes" | "sha256" | "mtimeMs">): Promise<KeptCopy> {
    const { files, newUuid } = this.world;
    const path = this.path(recordName(name));
    const record = await readRecord(files, path);
    if (typeof record === "object" && record.copy.sha256 === of.sha256) return record.copy;
    if (record !== "absent") await files.rename(path, this.path(damagedName(recordName(name), newUuid())));
    return (await this.writeRecord(name, of)) ?? { ...this.describe(of).copy, name };
  }

  /** Undefined when there is one already. */
  private async writeRecord(
    name: string,
    of: Pick<SafeBytes, "bytes" | "sha256" | "mtimeMs">,
  ): Promise<KeptCopy | undefined> {
    const { files, hash } = this.world;
    const record = this.describe(of);
    const copy: KeptCopy = { ...record.copy, name };
    const text = new TextEncoder().encode(recordText({ ...record, copy }));
    const temporary = this.newTemporary();
    const file = await files.create(temporary, 0o600);
    try {
      await file.write(text);
      await file.sync();
    } finally {
      await file.close();
    }
    const digest = hash();
    digest.update(text);
    if (!(await this.place(temporary, this.path(recordName(name)), digest.digest()))) return undefined;
    await this.sync(this.directory);
    return copy;
  }

  /** A second name for a file, replacing nothing; where links are refused, an exclusive copy. False when the name is taken. */
  private async place(from: string, to: string, sha256: string): Promise<boolean> {
    const { files } = this.world;
    try {
      await files.link(from, to);
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      if (!NO_LINKS.has(codeOf(error))) throw error;
    }
    try {
      await files.copyExclusive(from, to);
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      await files.unlink(to).catch(() => undefined); // a part of ours, if anything
      throw error;
    }
    try {
      await files.setMode(to, 0o600);
      await files.syncFile(to);
      if ((await this.hash(to)) === sha256) return true;
    } catch (error) {
      await files.unlink(to).catch(() => undefined);
      throw error;
    }
    await files.unlink(to);
    throw new KeepRefused(l10n.t("What was written to {0} reads back otherwise. Nothing was kept.", to));
  }

  private async sync(directory: string): Promise<void> {
    try {
      await this.world.files.syncDirectory(directory);
    } catch (error) {
      if (!NO_SYNC.has(codeOf(error))) throw error;
    }
  }

  private path(name: string): string {
    return this.world.join(this.directory, name);
  }
}
