import * as l10n from "@vscode/l10n";
import { withFaults } from "../restore/engine/fileFault";
import type { LookedAtFile } from "../restore/restoreFiles";
import { KeepRefused, type KeptCopy } from "./keptCopy";
import { type KeepWorld, KeptDirectory, type SafeBytes } from "./keptDirectory";
import { nameFor } from "./keptName";

export interface FileToKeep {
  /** Absolute, real: a regular file that may be read. */
  readonly source: string;
  /** Where the copy goes: absolute, outside every state directory. Made when it is not there. */
  readonly directory: string;
  /** Names in `directory` that may hold the same already. */
  readonly known: readonly string[];
  /** Real path of the state directory. */
  readonly stateDir: string;
  readonly about: Omit<KeptCopy, "name" | "bytes" | "sha256" | "keptAt" | "mtimeMs">;
}

export interface Kept {
  readonly copy: KeptCopy;
  readonly wasKept: boolean;
}

/** How often a file that changes while it is copied is copied again. */
const ATTEMPTS = 3;
/** Copies of one name; nobody keeps a conversation as often. */
const NAMES = 1_000;

/**
 * Keeps a verified copy of a file. The bytes go into a temporary file, which is synced and read back; then a record claims the
 * name, and only then the copy gets it, by a link that replaces nothing. So wherever it stops, there is either no copy or a whole
 * one with its record; and two that keep at once never meet under one name. (Where links are refused, a copy that was stopped half-way
 * may stand there, and its record tells that it is not whole.)
 */
export async function keepFile(world: KeepWorld, request: FileToKeep, signal?: AbortSignal): Promise<Kept> {
  return new Keeping({ ...world, files: withFaults(world.files) }, request, signal).run();
}

type RegularFile = Extract<LookedAtFile, { kind: "file" }>;

class Keeping {
  private readonly kept: KeptDirectory;

  constructor(
    private readonly world: KeepWorld,
    private readonly request: FileToKeep,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { directory, stateDir, about } = request;
    const describe = (of: Pick<SafeBytes, "bytes" | "sha256" | "mtimeMs">) => {
      const { bytes, sha256, mtimeMs } = of;
      const copy = { ...about, bytes, sha256, mtimeMs, keptAt: Math.trunc(world.now()) };
      return { schema: 1, stateDir, copy } as const;
    };
    this.kept = new KeptDirectory(world, directory, describe, signal);
  }

  async run(): Promise<Kept> {
    await this.kept.make();
    await this.kept.removeAbandoned();
    try {
      const known = await this.findKept();
      if (known !== undefined) return { copy: known, wasKept: true };
      return await this.nameIt(await this.copy());
    } finally {
      await this.kept.removeTemporaries();
    }
  }

  /** Of the copies that may be the same, the one that is: by content, not by what its record says. */
  private async findKept(): Promise<KeptCopy | undefined> {
    const { bytes } = await this.look(this.request.source);
    let sha256: string | undefined;
    for (const name of await this.candidates()) {
      const copy = await this.kept.look(name);
      if (copy.kind !== "file" || copy.bytes !== bytes) continue;
      sha256 ??= await this.kept.hash(this.request.source);
      if (!(await this.kept.holds(name, { bytes, sha256 }))) continue;
      return this.kept.settleCopy(name, { bytes, sha256, mtimeMs: copy.mtimeMs });
    }
    return undefined;
  }

  private async candidates(): Promise<readonly string[]> {
    const names = new Set(this.request.known);
    for (let attempt = 1; attempt < NAMES; attempt++) {
      const name = nameFor(this.request.about.originalName, attempt);
      if ((await this.kept.look(name)).kind === "absent") break;
      names.add(name);
    }
    return [...names];
  }

  private async copy(): Promise<SafeBytes> {
    const { source } = this.request;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await this.look(source);
      const { temporary, bytes, sha256 } = await this.copyOnce();
      const after = await this.look(source);
      if (bytes !== before.bytes || !isSame(before, after)) {
        await this.world.files.unlink(temporary);
        continue;
      }
      if ((await this.kept.hash(temporary)) !== sha256) {
        throw new KeepRefused(
          l10n.t("What was written to {0} reads back otherwise than {1}. Nothing was kept.", temporary, source),
        );
      }
      return { temporary, bytes, sha256, mtimeMs: before.mtimeMs };
    }
    throw new KeepRefused(
      l10n.t("{0} kept changing while it was copied. Nothing was kept; try again once nobody writes to it.", source),
    );
  }

  private async copyOnce(): Promise<Pick<SafeBytes, "temporary" | "bytes" | "sha256">> {
    const { files, hash } = this.world;
    const digest = hash();
    const temporary = this.kept.newTemporary();
    const file = await files.create(temporary, 0o600);
    let bytes = 0;
    try {
      for await (const piece of files.read(this.request.source)) {
        this.signal?.throwIfAborted();
        digest.update(piece);
        await file.write(piece);
        bytes += piece.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { temporary, bytes, sha256: digest.digest() };
  }

  /** Gives the bytes their name: the first that is free, unless somebody else was faster with the same bytes. */
  private async nameIt(safe: SafeBytes): Promise<Kept> {
    const { originalName } = this.request.about;
    for (let attempt = 1; attempt < NAMES; attempt++) {
      this.signal?.throwIfAborted();
      const kept = await this.kept.tryName(nameFor(originalName, attempt), safe);
      if (kept !== undefined) return kept;
    }
    throw new KeepRefused(
      l10n.t(
        "There are {0} kept copies of {1} already, each with other content. Move some of them elsewhere first.",
        NAMES - 1,
        originalName,
      ),
    );
  }

  private async look(path: string): Promise<RegularFile> {
    const looked = await this.world.files.look(path);
    if (looked.kind === "file") return looked;
    throw new KeepRefused(
      looked.kind === "absent"
        ? l10n.t("{0} is no longer there. Nothing was kept.", path)
        : l10n.t("{0} is not a regular file; it was not opened.", path),
    );
  }
}

function isSame(before: RegularFile, after: RegularFile): boolean {
  return before.identity === after.identity && before.bytes === after.bytes && before.mtimeMs === after.mtimeMs;
}
