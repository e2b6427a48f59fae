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

const query = parameters => new URLSearchParams(parameters).toString();

// The header tells the server that the page sent it: another site cannot set it.
const post = (path, body) => call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Desk': '1' },
    body: JSON.stringify(body),
});

export const summary = () => call('summary');
export const tasks = page => call(`tasks?${query(page)}`);
export const task = (id, prompts) => call(`task?${query({ account: id.account, key: id.key, prompts })}`);
export const models = () => call('models');
export const charts = days => call(`charts?${query({ days })}`);
export const act = action => post('act', action);
export const submit = remix => post('submit', remix);
export const videoAddress = (id, options) => `api/video?${query({ account: id.account, key: id.key, ...options })}`;
