/**
 * Sends decisions one after the other, so that the next key never waits for the server. A lost line
 * keeps them in order until it is back; nothing is sent twice after an answer came.
 */

const RETRY_MS = 4000;

/**
 * @param {{fetch: Function, wait?: (ms: number) => Promise<void>, onState?: (state: object) => void}} parts
 *   onState gets {pending, offline, failed} whenever one of them changes.
 * @returns {{send(job) -> Promise<{status, url, text}>, idle() -> Promise<void>, pending() -> number, retry()}}
 *   a job is {url, body}; the promise settles once the server has answered, whatever it answered.
 */
export function createSender({ fetch, wait = pause, onState = () => {} }) {
  const jobs = [];
  let running = null;
  let offline = false;
  let wake = null;

  const tell = () => onState({ pending: jobs.length, offline });

  function send(job) {
    const promise = new Promise((resolve) => jobs.push({ ...job, resolve }));
    tell();
    running ??= run();
    return promise;
  }

  async function run() {
    while (jobs.length) {
      const [job] = jobs;
      try {
        const answer = await post(job);
        offline = false;
        jobs.shift();
        job.resolve(answer);
      } catch {
        offline = true;
        tell();
        await Promise.race([wait(RETRY_MS), new Promise((resolve) => { wake = resolve; })]);
      }
      tell();
    }
    running = null;
  }

  async function post({ url, body }) {
    const response = await fetch(url, { method: 'POST', body, credentials: 'same-origin', headers: { 'X-Requested-With': 'desk' } });
    if (response.status >= 502 && response.status <= 504) throw new Error(`the server answered ${response.status}`);
    return { status: response.status, url: response.url, text: await response.text() };
  }

  return {
    send,
    idle: async () => { while (running) await running; },
    pending: () => jobs.length,
    retry: () => wake?.(),
  };
}

function pause(ms) {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
