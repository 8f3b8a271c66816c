import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CommandLine } from "./commandLine";

describe("where the built command line writes", () => {
  const cli = new CommandLine();
  before(() => cli.build());
  after(() => {
    cli.dispose();
  });

  it("asks nobody where nobody can answer; backups and copies lie by the customs of the platform, or where it was said", async () => {
    const state = cli.copyOf("2026.5.18/daily-reset", "places");
    const place = ["--state-dir", state];
    const env = { XDG_STATE_HOME: join(cli.folder, "xdg"), TMPDIR: join(cli.folder, "tmp") };
    mkdirSync(env.TMPDIR);
    const unasked = await cli.runWith(env, "restore", "main", ...place);
    assert.deepEqual([unasked.code, existsSync(env.XDG_STATE_HOME)], [3, false], unasked.stderr);
    assert.match(unasked.stderr, /To carry this plan out, add --yes\.\n$/);

    const usual = await cli.runWith(env, "restore", "main", "--yes", ...place);
    assert.equal(usual.code, 0, usual.stdout + usual.stderr);
    const [vault = ""] = readdirSync(join(env.XDG_STATE_HOME, "openclaw-sessions")).filter(
      (name) => name.length === 16,
    );
    assert.equal(readdirSync(join(env.XDG_STATE_HOME, "openclaw-sessions", vault, "restores")).length, 1);

    // Relative ones are of the working directory.
    const elsewhere = await cli.runWith(env, "restore", "main", "--yes", "--backup-dir", "vaults", ...place);
    assert.equal(elsewhere.code, 0, elsewhere.stdout + elsewhere.stderr);
    assert.equal(readdirSync(join(cli.folder, "vaults", vault, "restores")).length, 1);
    const kept = await cli.runWith(env, "keep", "--all-archives", "--keep-dir", "copies", ...place);
    assert.deepEqual([kept.code, readdirSync(join(cli.folder, "copies")).length], [0, 1], kept.stderr);
  });
});
