// Calls of the server. A call that fails throws an Error whose message is a sentence for the user.

async function call(path, options) {
    let answer;
    try {
        answer = await fetch(`api/${path}`, options);
    } catch {
        throw new Error('The server does not answer. Is the program still running?');
    }
    const isJson = answer.headers.get('Content-Type')?.startsWith('application/json');
    const body = isJson ? await answer.json() : null;
    if (!answer.ok) {
        throw new Error(body?.error ?? `The server answered with status ${answer.status}.`);
    }
    return body;
}

// After this time the page says that the server does not answer.
const PATIENCE_MILLIS = 30000;

const read = path => call(path, { signal: AbortSignal.timeout(PATIENCE_MILLIS) });

const query = parameters => new URLSearchParams(parameters).toString();

// The header tells the server that the page sent it: another site cannot set it.
const post = (path, body) => call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Desk': '1' },
    body: JSON.stringify(body),
});

export const summary = () => read('summary');
export const tasks = page => read(`tasks?${query(page)}`);
export const task = (id, prompts) => read(`task?${query({ account: id.account, key: id.key, prompts })}`);
export const models = () => read('models');
export const charts = days => read(`charts?${query({ days })}`);
export const act = action => post('act', action);
export const submit = remix => post('submit', remix);
const videoPath = (id, options) => `video?${query({ account: id.account, key: id.key, ...options })}`;
export const videoAddress = (id, options) => `api/${videoPath(id, options)}`;

// Why a video cannot be played, which its element does not say. Asks the server for the first byte.
export async function videoProblem(id) {
    try {
        await call(videoPath(id), { headers: { Range: 'bytes=0-0' }, signal: AbortSignal.timeout(PATIENCE_MILLIS) });
        return 'This browser cannot play the video. Download it instead.';
    } catch (e) {
        return e.message;
    }
}
