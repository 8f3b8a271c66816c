import { spawn } from "node:child_process";

/**
 * Calls the export `measure` of a module in a process of its own and gives back the figures: what is measured there is not
 * helped by what ran before.
 *
 * @param module `import.meta.url` of the benchmark
 */
export function inFreshProcess(module: string, ...words: readonly string[]): Promise<Record<string, number>> {
  const program =
    "const [module, ...words] = process.argv.slice(1);" +
    "console.log(JSON.stringify(await (await import(module)).measure(...words)));" +
    "process.exitCode = 0;";
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", program, module, ...words], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output.trim().split("\n").at(-1) ?? "") as Record<string, number>);
      else reject(new Error(`measuring ${words[0] ?? ""} ended with ${code ?? "a signal"}`));
    });
  });
}
