import * as l10n from "@vscode/l10n";
import type { PlatformPath } from "node:path";
import { isInside } from "../locations/containment";
import type { Problem } from "../problem";
import { shortened } from "../text/shortened";
import { isJsonObject } from "./jsonObject";
import { parseConfigText } from "./configText";

/** Reads the files a config includes. */
export interface ConfigFiles {
  /**
   * The text of `file`. Refuses what by its real path is not inside `directory`, is no regular file, or is larger than
   * MAX_CONFIG_BYTES; the message is a whole sentence.
   */
  readInclude(
    file: string,
    directory: string,
  ): Promise<{ readonly kind: "text"; readonly text: string } | { readonly kind: "problem"; readonly message: string }>;
}

export interface ResolvedConfig {
  readonly value: unknown;
  /** Absolute paths of the files that took part, without the config itself. */
  readonly includedFiles: readonly string[];
  readonly problems: readonly Problem[];
}

/** OpenClaw's own bound (2026.1.29–2026.9.6). */
const MAX_INCLUDE_DEPTH = 10;

/** Nesting of objects and arrays; no real config comes near, and ours is recursive. */
const MAX_NESTING = 200;

/** All files together: keeps ten levels of mutual includes from multiplying without end. */
const MAX_INCLUDES = 200;

const includeKey = "$include";

/**
 * The config with every `$include` replaced by what it names (2026.1.29–2026.9.6: resolveConfigIncludes): a path or a list of
 * paths, at any object, relative to the file it stands in, merged in order; keys beside it win. OpenClaw refuses the whole
 * config when one include fails; here the rest is still read and the failure is a problem.
 */
export async function resolveIncludes(
  value: unknown,
  file: string,
  files: ConfigFiles,
  path: PlatformPath,
): Promise<ResolvedConfig> {
  const resolution = new IncludeResolution(path, files, file);
  return {
    value: await resolution.resolve(value, [file], 0),
    includedFiles: [...resolution.included],
    problems: resolution.problems,
  };
}

/** Objects merge key by key, arrays are joined, anything else: the later one wins. */
export function deepMerge(earlier: unknown, later: unknown, nesting = 0): unknown {
  if (Array.isArray(earlier) && Array.isArray(later)) return [...(earlier as unknown[]), ...(later as unknown[])];
  if (!isJsonObject(earlier) || !isJsonObject(later) || nesting > MAX_NESTING) return later;
  const merged = new Map(Object.entries(earlier));
  for (const [key, value] of Object.entries(later)) {
    merged.set(key, merged.has(key) ? deepMerge(merged.get(key), value, nesting + 1) : value);
  }
  return fromEntries(merged);
}

class IncludeResolution {
  readonly included = new Set<string>();
  readonly problems: Problem[] = [];
  private readonly configDirectory: string;
  private reads = 0;
  private isFull = false;

  constructor(
    private readonly path: PlatformPath,
    private readonly files: ConfigFiles,
    private readonly configFile: string,
  ) {
    this.configDirectory = path.dirname(configFile);
  }

  /** `chain`: the files being read, outermost first; the last one holds `value`. */
  async resolve(value: unknown, chain: readonly string[], nesting: number): Promise<unknown> {
    if (nesting > MAX_NESTING) return value;
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const item of value as unknown[]) items.push(await this.resolve(item, chain, nesting + 1));
      return items;
    }
    if (!isJsonObject(value)) return value;

    const own = new Map<string, unknown>();
    for (const [key, child] of Object.entries(value)) {
      if (key !== includeKey) own.set(key, await this.resolve(child, chain, nesting + 1));
    }
    if (!Object.hasOwn(value, includeKey)) return fromEntries(own);

    const included = await this.include(value[includeKey], chain, nesting);
    if (own.size === 0) return included;
    if (isJsonObject(included)) return deepMerge(included, fromEntries(own));
    this.report(chain, l10n.t("What is included beside other keys must be an object; it was left out."));
    return fromEntries(own);
  }

  private async include(names: unknown, chain: readonly string[], nesting: number): Promise<unknown> {
    if (typeof names === "string") return (await this.includeFile(names, chain, nesting)) ?? {};
    if (!Array.isArray(names)) {
      this.report(chain, l10n.t("{0} must be a path or a list of paths.", includeKey));
      return {};
    }
    let merged: unknown = {};
    for (const name of names as unknown[]) {
      if (typeof name !== "string") {
        this.report(chain, l10n.t("{0} has an item that is not a path.", includeKey));
        continue;
      }
      const included = await this.includeFile(name, chain, nesting);
      if (included !== undefined) merged = deepMerge(merged, included);
    }
    return merged;
  }

  private async includeFile(name: string, chain: readonly string[], nesting: number): Promise<unknown> {
    const from = chain[chain.length - 1] ?? "";
    if (name.includes("\0")) {
      this.report(chain, l10n.t("{0} names a path with a NUL character; it was left out.", includeKey));
      return undefined;
    }
    const file = this.path.resolve(this.path.dirname(from), name);
    const refusal = this.refuse(file, name, chain);
    if (refusal !== undefined) {
      this.report(chain, refusal);
      return undefined;
    }
    if (this.reads >= MAX_INCLUDES) {
      this.reportTooMany(name);
      return undefined;
    }
    this.reads += 1;
    const read = await this.files.readInclude(file, this.configDirectory);
    if (read.kind === "problem") {
      this.report(chain, read.message);
      return undefined;
    }
    this.included.add(file);
    const parsed = parseConfigText(read.text, file);
    if (parsed.kind === "problem") {
      this.problems.push(parsed.problem);
      return undefined;
    }
    return this.resolve(parsed.value, [...chain, file], nesting + 1);
  }

  private refuse(file: string, name: string, chain: readonly string[]): string | undefined {
    if (!isInside(this.path, this.configDirectory, file)) {
      return l10n.t("The include {0} lies outside the directory of the config; it was not read.", shortened(name));
    }
    if (chain.includes(file))
      return l10n.t("The include {0} leads back to itself; it was not read again.", shortened(name));
    if (chain.length > MAX_INCLUDE_DEPTH) {
      return l10n.t(
        "The include {0} is nested more than {1} deep; it was not read.",
        shortened(name),
        MAX_INCLUDE_DEPTH,
      );
    }
    return undefined;
  }

  /** Said once and first: what else was found on the way may be tens of thousands of problems. */
  private reportTooMany(name: string): void {
    if (this.isFull) return;
    this.isFull = true;
    const message = l10n.t("The config includes more than {0} files; {1} was not read.", MAX_INCLUDES, shortened(name));
    this.problems.unshift({ code: "config.include", message, file: this.configFile });
  }

  private report(chain: readonly string[], message: string): void {
    const file = chain[chain.length - 1];
    this.problems.push({ code: "config.include", message, ...(file === undefined ? {} : { file }) });
  }
}

/** Without `__proto__`: assigned, it would change the object's nature instead of being a key. */
function fromEntries(entries: ReadonlyMap<string, unknown>): Record<string, unknown> {
  return Object.fromEntries([...entries].filter(([key]) => key !== "__proto__"));
}
