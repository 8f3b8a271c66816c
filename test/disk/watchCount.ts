import { readdirSync, readFileSync } from "node:fs";

/** Directory watches that this process holds, as the kernel counts them; 0 where it does not tell (only Linux does). */
export function watchesOfTheProcess(): number {
  if (process.platform !== "linux") return 0;
  let watches = 0;
  for (const descriptor of readdirSync("/proc/self/fdinfo")) {
    try {
      watches += readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8").match(/^inotify wd:/gm)?.length ?? 0;
    } catch {
      // The descriptor that lists the directory is gone by now.
    }
  }
  return watches;
}
