import type { LookedAtFile, RestoreFiles, WritableFile } from "../../../src/core/restore/restoreFiles";

/** The process was stopped: from then on no call does anything any more. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** What happens at one call, counted from 0. */
export type Fault =
  | { readonly kind: "crash"; readonly when: "before" | "after" | "half-way" }
  /** The call fails: nothing was done (`before`), it was done all the same (`after`), or part of it (`half-way`). */
  | { readonly kind: "error"; readonly code: string; readonly when: "before" | "after" | "half-way" };

/** What a power cut leaves of what was not synced. */
export type PowerCut =
  | { readonly kind: "keep-all" }
  | { readonly kind: "drop-all" }
  /** Names are kept; of content that was not synced there is the first half, and zeros in place of the rest. */
  | { readonly kind: "tear" }
  /** Everything else is lost, or everything else is kept; `n` of `pending()`. */
  | { readonly kind: "keep-one" | "drop-one"; readonly n: number };

interface Inode {
  readonly identity: string;
  data: Uint8Array;
  mode: number;
  mtimeMs: number;
  /** What is on the disk of it; undefined: nothing was ever synced. */
  durable: { readonly data: Uint8Array; readonly mode: number; readonly mtimeMs: number } | undefined;
}

/** A change of names that is not on the disk yet: one call's worth, so that a rename is never half. */
interface PendingNames {
  readonly directory: string;
  readonly set: ReadonlyMap<string, Inode | undefined>;
}

/**
 * A file system in memory that tells apart what programs see and what is on the disk. Content gets there by syncing the file,
 * names by syncing the directory; a power cut loses the rest, in any combination that is asked for. Directories themselves are
 * durable when their parent was synced. Any call can fail or be the last.
 */
export class ModelFiles implements RestoreFiles {
  /** Every call made, for telling which one a test was about. */
  readonly calls: string[] = [];
  /** Asked at every call. */
  fault: (call: number, name: string, path: string) => Fault | undefined = () => undefined;
  /** Epoch ms; goes on with every write. */
  clock = 1_763_668_800_000;

  /** A crash was asked for and came. */
  stopped = false;

  private readonly directories = new Set<string>(["/"]);
  private readonly durableDirectories = new Set<string>(["/"]);
  private readonly links = new Set<string>();
  private names = new Map<string, Inode>();
  private durableNames = new Map<string, Inode>();
  private pendingNames: PendingNames[] = [];
  private inodes = 0;

  /** A file that has always been there. */
  put(path: string, data: string | Uint8Array, mode = 0o600, mtimeMs = 1_690_000_000_000): void {
    this.putDirectory(parentOf(path));
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const inode: Inode = this.inode(bytes, mode);
    inode.mtimeMs = mtimeMs;
    inode.durable = { data: bytes, mode, mtimeMs };
    this.names.set(path, inode);
    this.durableNames.set(path, inode);
  }

  putDirectory(path: string): void {
    for (let at = path; at !== "/"; at = parentOf(at)) {
      this.directories.add(at);
      this.durableDirectories.add(at);
    }
  }

  /** A name that is a link: what it leads to does not matter, for nothing may follow it. */
  putLink(path: string): void {
    this.links.add(path);
  }

  remove(path: string): void {
    this.names.delete(path);
    this.durableNames.delete(path);
  }

  /** What programs see: path to content. */
  contents(): ReadonlyMap<string, Uint8Array> {
    return new Map([...this.names].map(([path, { data }]) => [path, data]));
  }

  /** The same with permissions and time, as text that can be compared; only below `directory`. */
  snapshot(directory: string): Readonly<Record<string, string>> {
    const inside = [...this.names].filter(([path]) => path.startsWith(directory === "/" ? "/" : `${directory}/`));
    return Object.fromEntries(
      inside
        .map(([path, { data, mode, mtimeMs }]) => [
          path,
          `${mode.toString(8)} ${String(mtimeMs)} ${new TextDecoder().decode(data)}`,
        ])
        .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    ) as Readonly<Record<string, string>>;
  }

  /** A copy that shares nothing. */
  clone(): ModelFiles {
    const copy = new ModelFiles();
    const inodes = new Map<Inode, Inode>();
    const cloned = (inode: Inode): Inode => {
      const known = inodes.get(inode) ?? { ...inode };
      inodes.set(inode, known);
      return known;
    };
    copy.clock = this.clock;
    copy.inodes = this.inodes;
    for (const directory of this.directories) copy.directories.add(directory);
    for (const directory of this.durableDirectories) copy.durableDirectories.add(directory);
    for (const link of this.links) copy.links.add(link);
    for (const [path, inode] of this.names) copy.names.set(path, cloned(inode));
    for (const [path, inode] of this.durableNames) copy.durableNames.set(path, cloned(inode));
    copy.pendingNames = this.pendingNames.map(({ directory, set }) => ({
      directory,
      set: new Map([...set].map(([path, inode]) => [path, inode && cloned(inode)])),
    }));
    return copy;
  }

  /** How many things are not on the disk yet: changes of names, and files whose content or attributes are newer. */
  pending(): number {
    return this.pendingNames.length + this.unsyncedInodes().length + this.pendingDirectories().length;
  }

  /** The same file system after the power went. */
  afterPowerCut(cut: PowerCut): ModelFiles {
    const copy = this.clone();
    const kept = (n: number): boolean => {
      switch (cut.kind) {
        case "keep-all":
        case "tear":
          return true;
        case "drop-all":
          return false;
        case "keep-one":
          return n === cut.n;
        case "drop-one":
          return n !== cut.n;
      }
    };
    let n = 0;
    for (const change of copy.pendingNames) {
      if (kept(n++)) for (const [path, inode] of change.set) apply(copy.durableNames, path, inode);
    }
    for (const inode of copy.unsyncedInodes()) {
      const data = cut.kind === "tear" ? torn(inode.durable?.data ?? new Uint8Array(), inode.data) : inode.data;
      if (kept(n++)) inode.durable = { data, mode: inode.mode, mtimeMs: inode.mtimeMs };
    }
    for (const directory of copy.pendingDirectories()) {
      if (kept(n++)) copy.durableDirectories.add(directory);
    }
    copy.reboot();
    return copy;
  }

  async look(path: string): Promise<LookedAtFile> {
    return this.call("look", path, () => {
      if (this.links.has(path)) return { kind: "other" };
      if (this.directories.has(path)) return { kind: "directory" };
      const inode = this.names.get(path);
      if (!inode) return { kind: "absent" };
      const { data, mode, mtimeMs, identity } = inode;
      return { kind: "file", bytes: data.length, mode, mtimeMs, identity };
    });
  }

  async *read(path: string): AsyncGenerator<Uint8Array> {
    const data = await this.call("read", path, () => this.existing(path).data);
    // Two pieces, so that nothing relies on getting all at once.
    const half = Math.ceil(data.length / 2);
    if (half > 0) yield data.slice(0, half);
    if (half < data.length) yield data.slice(half);
  }

  async create(path: string, mode: number): Promise<WritableFile> {
    return this.call("create", path, () => {
      const inode = this.inode(new Uint8Array(), mode);
      this.addName(path, inode);
      return this.writable(path, inode);
    });
  }

  async append(path: string): Promise<WritableFile> {
    return this.call("append", path, () => this.writable(path, this.existing(path)));
  }

  async link(existing: string, name: string): Promise<void> {
    await this.call("link", name, () => {
      this.addName(name, this.existing(existing));
    });
  }

  async copyExclusive(from: string, to: string): Promise<void> {
    await this.call(
      "copyExclusive",
      to,
      () => {
        const { data, mode } = this.existing(from);
        this.addName(to, this.inode(data, mode));
      },
      () => {
        const { data, mode } = this.existing(from);
        this.addName(to, this.inode(data.slice(0, Math.floor(data.length / 2)), mode));
      },
    );
  }

  async rename(from: string, to: string): Promise<void> {
    await this.call("rename", to, () => {
      const inode = this.existing(from);
      this.expectDirectory(to);
      this.change(parentOf(to), new Map([[from, undefined], [to, inode]])); // prettier-ignore
    });
  }

  async unlink(path: string): Promise<void> {
    await this.call("unlink", path, () => {
      this.existing(path);
      this.change(parentOf(path), new Map([[path, undefined]]));
    });
  }

  async setTimes(path: string, mtimeMs: number): Promise<void> {
    await this.call("setTimes", path, () => {
      this.existing(path).mtimeMs = mtimeMs;
    });
  }

  async setMode(path: string, mode: number): Promise<void> {
    await this.call("setMode", path, () => {
      this.existing(path).mode = mode;
    });
  }

  async syncFile(path: string): Promise<void> {
    await this.call("syncFile", path, () => {
      syncInode(this.existing(path));
    });
  }

  async syncDirectory(path: string): Promise<void> {
    await this.call("syncDirectory", path, () => {
      if (!this.directories.has(path)) throw errorWith("ENOENT", path);
      for (const { directory, set } of this.pendingNames) {
        if (directory === path) for (const [name, inode] of set) apply(this.durableNames, name, inode);
      }
      this.pendingNames = this.pendingNames.filter(({ directory }) => directory !== path);
      for (const directory of this.directories) {
        if (parentOf(directory) === path) this.durableDirectories.add(directory);
      }
    });
  }

  async makeDirectory(path: string): Promise<void> {
    await this.call("makeDirectory", path, () => {
      for (let at = path; at !== "/"; at = parentOf(at)) this.directories.add(at);
    });
  }

  async list(path: string): Promise<readonly string[]> {
    return this.call("list", path, () => {
      const all = [...this.names.keys(), ...this.directories, ...this.links];
      return all
        .filter((name) => name !== "/" && parentOf(name) === path)
        .map((name) => name.slice(name.lastIndexOf("/") + 1));
    });
  }

  private writable(path: string, inode: Inode): WritableFile {
    return {
      write: (bytes) =>
        this.call(
          "write",
          path,
          () => {
            this.add(inode, bytes);
          },
          () => {
            this.add(inode, bytes.slice(0, Math.floor(bytes.length / 2)));
          },
        ),
      sync: () =>
        this.call("sync", path, () => {
          syncInode(inode);
        }),
      close: () => this.call("close", path, () => undefined),
    };
  }

  private async call<T>(name: string, path: string, act: () => T, half?: () => void): Promise<T> {
    if (this.stopped) throw new Crash("stopped before");
    const fault = this.fault(this.calls.length, name, path);
    this.calls.push(`${name} ${path}`);
    this.stopped = fault?.kind === "crash";
    await Promise.resolve();
    if (!fault) return act();
    if (fault.when === "after") act();
    if (fault.when === "half-way") half?.();
    throw fault.kind === "crash" ? new Crash(`at ${name} ${path}`) : errorWith(fault.code, path);
  }

  private existing(path: string): Inode {
    if (this.links.has(path)) throw errorWith("ELOOP", path);
    const inode = this.names.get(path);
    if (!inode) throw errorWith(this.directories.has(path) ? "EISDIR" : "ENOENT", path);
    return inode;
  }

  private inode(data: Uint8Array, mode: number): Inode {
    return { identity: String(this.inodes++), data, mode, mtimeMs: this.clock++, durable: undefined };
  }

  private add(inode: Inode, bytes: Uint8Array): void {
    const data = new Uint8Array(inode.data.length + bytes.length);
    data.set(inode.data);
    data.set(bytes, inode.data.length);
    inode.data = data;
    inode.mtimeMs = this.clock++;
  }

  private addName(path: string, inode: Inode): void {
    if (this.names.has(path) || this.directories.has(path) || this.links.has(path)) throw errorWith("EEXIST", path);
    this.expectDirectory(path);
    this.change(parentOf(path), new Map([[path, inode]]));
  }

  private expectDirectory(path: string): void {
    if (!this.directories.has(parentOf(path))) throw errorWith("ENOENT", path);
  }

  private change(directory: string, set: ReadonlyMap<string, Inode | undefined>): void {
    for (const [path, inode] of set) apply(this.names, path, inode);
    this.pendingNames.push({ directory, set });
  }

  private unsyncedInodes(): Inode[] {
    return [...new Set(this.names.values())].filter(
      ({ data, mode, mtimeMs, durable }) =>
        durable?.data !== data || durable.mode !== mode || durable.mtimeMs !== mtimeMs,
    );
  }

  private pendingDirectories(): string[] {
    return [...this.directories].filter((directory) => !this.durableDirectories.has(directory)).sort();
  }

  /** What programs see is what was on the disk. A name whose content never got there is an empty file. */
  private reboot(): void {
    this.directories.clear();
    for (const directory of this.durableDirectories) {
      if (ancestors(directory).every((at) => this.durableDirectories.has(at))) this.directories.add(directory);
    }
    this.durableDirectories.clear();
    for (const directory of this.directories) this.durableDirectories.add(directory);
    this.names = new Map([...this.durableNames].filter(([path]) => this.directories.has(parentOf(path))));
    this.durableNames = new Map(this.names);
    this.pendingNames = [];
    for (const inode of new Set(this.names.values())) {
      const durable = inode.durable ?? { data: new Uint8Array(), mode: inode.mode, mtimeMs: inode.mtimeMs };
      inode.durable = durable;
      inode.data = durable.data;
      inode.mode = durable.mode;
      inode.mtimeMs = durable.mtimeMs;
    }
  }
}

function apply(names: Map<string, Inode>, path: string, inode: Inode | undefined): void {
  if (inode) names.set(path, inode);
  else names.delete(path);
}

/** Half of what was added, then zeros. */
function torn(durable: Uint8Array, data: Uint8Array): Uint8Array {
  if (data === durable) return data;
  const result = new Uint8Array(data.length);
  result.set(data.subarray(0, durable.length + Math.floor((data.length - durable.length) / 2)));
  return result;
}

function syncInode(inode: Inode): void {
  inode.durable = { data: inode.data, mode: inode.mode, mtimeMs: inode.mtimeMs };
}

function errorWith(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let at = path; at !== "/"; at = parentOf(at)) found.push(at);
  return found;
}
