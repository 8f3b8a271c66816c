import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";

export const root = process.env["REPOSITORY_ROOT"] ?? process.cwd();
export const corpora = join(root, "test/fixtures/corpora");

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** The signal's name when one ended it. */
  readonly code: number | string | null;
}

/** The built command line in a folder of its own, with a home folder in which nothing is found unless a test puts it there. */
export class CommandLine {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "ocsi-cli-")));
  readonly home = join(this.folder, "home");
  private readonly program = join(this.folder, "program", "cli.js");

  /** As `npm run build` makes it: nothing external, so `vscode` cannot be needed. */
  async build(): Promise<void> {
    mkdirSync(this.home);
    await build({
      entryPoints: [join(root, "src/cli.ts")],
      outfile: this.program,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20.19",
      mainFields: ["module", "main"],
      logLevel: "silent",
    });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A writable copy of a recorded state directory. */
  copyOf(scenario: string, name = scenario): string {
    const target = join(this.folder, "states", name);
    cpSync(join(corpora, scenario, "state"), target, { recursive: true });
    return target;
  }

  /** A state directory with one agent whose sessions directory holds these files. */
  stateWith(name: string, files: Readonly<Record<string, string>>): string {
    const target = join(this.folder, "states", name);
    for (const [file, text] of Object.entries({ "openclaw.json": "{}", ...prefixed("agents/main/sessions/", files) })) {
      mkdirSync(dirname(join(target, file)), { recursive: true });
      writeFileSync(join(target, file), text);
    }
    return target;
  }

  start(words: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    return spawn(process.execPath, [this.program, ...words], {
      cwd: this.folder,
      env: {
        PATH: process.env["PATH"],
        HOME: this.home,
        USERPROFILE: this.home,
        LOCALAPPDATA: this.home,
        TZ: "UTC",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  run(...words: readonly string[]): Promise<Outcome> {
    return this.runWith({}, ...words);
  }

  runWith(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Outcome> {
    const child = this.start(words, env);
    let stdout = "";
    let stderr = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve({ stdout, stderr, code: signal ?? code });
      });
    });
  }
}

function prefixed(prefix: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [prefix + name, text]));
}
