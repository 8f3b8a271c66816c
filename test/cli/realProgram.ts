import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Writable } from "node:stream";
import { runProgram } from "../../src/cli/program";
import { vaultDirectory } from "../../src/core/locations/vaultDirectory";
import { createInspector } from "../../src/inspector";
import { corpora, type Outcome } from "./commandLine";

/** The program in this process on real files, with a home folder of its own. A run takes a fraction of what a process takes. */
export class RealProgram {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "ocsi-real-")));
  readonly home = join(this.folder, "home");
  /** Where gateways leave locks. */
  readonly tmp = join(this.folder, "tmp");

  constructor() {
    mkdirSync(this.home);
    mkdirSync(this.tmp);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A copy of a recorded state directory; times are whole seconds, which every file system keeps. */
  copyOf(scenario: string, name: string): string {
    const target = join(this.folder, "states", name);
    cpSync(join(corpora, scenario, "state"), target, { recursive: true });
    for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), 1_790_000_000, 1_790_000_000);
    }
    return target;
  }

  /** A state directory with one agent whose sessions directory holds these files. */
  stateWith(name: string, files: Readonly<Record<string, string>>): string {
    const target = join(this.folder, "states", name);
    for (const [file, text] of Object.entries(files)) {
      const path = join(target, "agents/main/sessions", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    writeFileSync(join(target, "openclaw.json"), "{}");
    return target;
  }

  async run(...words: readonly string[]): Promise<Outcome> {
    const [stdout, stderr] = [new Text(), new Text()];
    const env = {};
    const code = await runProgram(words, {
      streams: { stdout, stderr },
      env,
      timeZone: "UTC",
      workingDirectory: this.folder,
      version: "0.0.0",
      createInspector: (stateDirs, { backupDir, keepDir }) =>
        createInspector({
          env,
          homeDir: this.home,
          platform: process.platform,
          explicitStateDirs: stateDirs.map((directory) => resolve(this.folder, directory)),
          onlyExplicit: stateDirs.length > 0,
          workspaceFolders: () => [],
          trusted: () => true,
          cacheDir: join(this.home, "cache"),
          storageDir: join(this.home, "storage"),
          vaultBase: vaultDirectory(process.platform, env, this.home, backupDir),
          keepDir,
          machine: { tmpDirs: [this.tmp], uid: process.getuid?.() },
          forcePolling: false,
        }),
      onStop: () => ({ dispose: () => undefined }),
    });
    return { stdout: stdout.text, stderr: stderr.text, code };
  }
}

class Text extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}
