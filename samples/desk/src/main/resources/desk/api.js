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

// An answer that takes longer will not come: then the page says so.
const PATIENCE = 30000;

const read = path => call(path, { signal: AbortSignal.timeout(PATIENCE) });

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
export const videoAddress = (id, options) => `api/video?${query({ account: id.account, key: id.key, ...options })}`;

export async function videoProblem(id) {
    try {
        // The first byte is enough.
        await call(videoAddress(id).replace('api/', ''), { headers: { Range: 'bytes=0-0' }, signal: AbortSignal.timeout(PATIENCE) });
        return 'This browser cannot play the video. Download it instead.';
    } catch (e) {
        return e.message;
    }
}
