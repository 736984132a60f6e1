import type { ProcessBounds } from './process-watch.ts';

/** What a call and all that it starts may use together. */
export const processBounds: ProcessBounds = { processesMax: 256, memoryBytesMax: 4 * 1_073_741_824 };

const cpuSeconds = 600;
const fileBlocks = 524_288;
const dataKilobytes = 3 * 1_048_576;
const openFiles = 1_024;

/**
 * A script with the limits of each of its processes in front: no core files, seconds of the processor, size of a written file (in
 * blocks of 512 bytes), memory that is written to, open files, processes. Shells spell the last one `-u` or `-p`, and a system may
 * not have all of them; those that are counted over all processes are watched from outside, too. Errors go where output goes.
 */
export function limited(script: string): string {
  const limits = [`-c 0`, `-t ${cpuSeconds}`, `-f ${fileBlocks}`, `-d ${dataKilobytes}`, `-n ${openFiles}`];
  const each = limits.map((limit) => `ulimit ${limit} 2>/dev/null || :`);
  const processes = `( ulimit -u ${processBounds.processesMax * 2} ) 2>/dev/null && ulimit -u ${processBounds.processesMax * 2} || ( ulimit -p ${processBounds.processesMax * 2} ) 2>/dev/null && ulimit -p ${processBounds.processesMax * 2} || :`;
  return ['exec 2>&1 </dev/null', ...each, processes, script].join('\n');
}
