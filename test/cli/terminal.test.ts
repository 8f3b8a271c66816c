import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { ClosedPipe, createTerminal } from "../../src/cli/terminal";

class Output extends Writable {
  text = "";
  isTTY = true;
  columns = 100;
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.text += String(chunk);
    done();
  }
}

describe("createTerminal", () => {
  const bold = (stdout: Output, env: Record<string, string>, wantsColor = true) =>
    createTerminal({ stdout, stderr: new Output() }, env, wantsColor).style.bold("x");

  it("colours terminals only, and only where that is wanted", () => {
    const pipe = new Output();
    pipe.isTTY = false;
    assert.deepEqual(
      [
        bold(new Output(), {}),
        bold(new Output(), { NO_COLOR: "" }),
        bold(new Output(), { NO_COLOR: "1" }),
        bold(new Output(), { TERM: "dumb" }),
        bold(new Output(), {}, false),
        bold(pipe, {}),
      ],
      ["\u001b[1mx\u001b[22m", "\u001b[1mx\u001b[22m", "x", "x", "x", "x"],
    );
  });

  it("has a width on terminals only", () => {
    const pipe = new Output();
    pipe.isTTY = false;
    const width = (stdout: Output) => createTerminal({ stdout, stderr: new Output() }, {}, true).width;
    assert.deepEqual([width(new Output()), width(pipe)], [100, undefined]);
  });

  it("waits for a slow reader", async () => {
    let release = (): void => undefined;
    const stdout = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        release = done;
      },
    });
    const written = createTerminal({ stdout, stderr: new Output() }, {}, true).write("text");
    const first = await Promise.race([written.then(() => "written"), Promise.resolve("waiting")]);
    release();
    await written;
    assert.equal(first, "waiting");
  });

  it("says that the pipe is closed, while it waits and ever after", async () => {
    const stdout = new Writable({ highWaterMark: 1, write: () => undefined });
    const terminal = createTerminal({ stdout, stderr: new Output() }, {}, true);
    const written = terminal.write("text");
    stdout.destroy(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    await assert.rejects(written, ClosedPipe);
    await assert.rejects(terminal.write("more"), ClosedPipe);
  });

  it("does not take a full disk for a closed pipe", async () => {
    const stdout = new Writable({ highWaterMark: 1, write: () => undefined });
    const written = createTerminal({ stdout, stderr: new Output() }, {}, true).write("text");
    stdout.destroy(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    await assert.rejects(written, /no space left/);
  });

  it("a line of progress fits into the terminal, or it could not be written over", () => {
    const [stdout, stderr] = [new Output(), new Output()];
    stdout.columns = 12;
    createTerminal({ stdout, stderr }, {}, false).progress("58 MB of 192 MB: Reading");
    assert.equal(stderr.text, "\r\u001b[K58 MB of 1…");
  });
});
