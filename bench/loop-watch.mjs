/**
 * Is loaded into a process that is measured (`node --import`): on each message of its parent it tells how many milliseconds its event loop was
 * held at most since the message before.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', () => {
  process.send({ longestHold: delay.max / 1e6 });
  delay.reset();
});
// The parent may ask, but doesn’t keep the process alive.
process.channel.unref();
