// What the page shows, and the one way to change it.

import * as api from './api.js';
import { count, plural } from './format.js';

export const PAGE = 50;
const NOTHING = { total: 0, states: [], tasks: [] };

const inAddress = () => {
    const parameters = new URLSearchParams(location.search);
    return {
        q: parameters.get('q') ?? '',
        sort: parameters.get('sort') ?? '-created',
        offset: Number(parameters.get('offset')) || 0,
        open: parameters.get('key') ? { account: parameters.get('account'), key: parameters.get('key') } : null,
    };
};

export const store = {
    summary: null,
    found: NOTHING,
    ...inAddress(),
    detail: null,
    charts: null,
    chartsError: null,
    selected: new Map(),
    isAllSelected: false,
    isLive: true,
    showPrompts: false,
    error: null,
    notice: '',
    announced: '',
    dialog: null,
    brokenVideo: null,
};

let render = () => {};
let clockSkew = 0;

export const onChange = listener => { render = listener; };
export const now = () => new Date(Date.now() + clockSkew);
export const idOf = task => `${task.account}\n${task.key}`;

export function change(values) {
    Object.assign(store, values);
    render();
}

// Keeps the search, the page and the open task in the address, so that it can be sent to a colleague.
export async function go(values, { isNew = true } = {}) {
    const isOtherSearch = 'q' in values && values.q !== store.q;
    Object.assign(store, {
        notice: '',
        ...('q' in values || 'sort' in values ? { offset: 0 } : {}),
        ...(isOtherSearch ? { selected: new Map(), isAllSelected: false } : {}),
        ...values,
    });
    const parameters = new URLSearchParams();
    if (store.q) {
        parameters.set('q', store.q);
    }
    if (store.sort !== '-created') {
        parameters.set('sort', store.sort);
    }
    if (store.offset) {
        parameters.set('offset', store.offset);
    }
    if (store.open) {
        parameters.set('account', store.open.account);
        parameters.set('key', store.open.key);
    }
    const target = `${location.pathname}${parameters.size ? `?${parameters}` : ''}`;
    if (isNew) {
        history.pushState(null, '', target);
    }
    render();
    await load();
    const isOtherTable = 'q' in values || 'sort' in values || 'offset' in values;
    if (isOtherTable && !store.error && !store.found.problem) {
        change({ announced: shown() });
    }
}

// What the table has, in words.
export function shown() {
    const { found: { total, tasks }, offset, q } = store;
    if (!tasks.length) {
        return total ? `No task on this page, ${count(total)} before it.` : q ? 'No task matches.' : 'There is no task yet.';
    }
    return `${count(offset + 1)} to ${count(offset + tasks.length)} of ${plural(total, 'task')}`;
}

export function showPrompts(isOn) {
    change({ showPrompts: isOn });
    return load();
}

export const readAddress = () => go(inAddress(), { isNew: false });

let loads = 0;

// Reads everything that is shown but the charts. The answers to an earlier load are dropped if they come after those to a later one.
export async function load() {
    const turn = ++loads;
    try {
        const [summary, found, detail] = await Promise.all([
            api.summary(),
            api.tasks({ q: store.q, sort: store.sort, offset: store.offset, limit: PAGE }).catch(e => ({ ...NOTHING, problem: e.message })),
            store.open ? api.task(store.open, store.showPrompts).catch(e => ({ missing: e.message })) : null,
        ]);
        if (turn === loads) {
            clockSkew = new Date(summary.now) - Date.now();
            change({
                summary,
                found,
                detail,
                error: null,
                showPrompts: summary.prompts === 'shown' || (summary.prompts === 'switch' && store.showPrompts),
            });
        }
    } catch (e) {
        if (turn === loads) {
            change({ error: e.message });
        }
    }
}

const UPDATE_MILLIS = 2000;
const HIDDEN_UPDATE_MILLIS = 10000;

export async function keepLive() {
    if (store.isLive) {
        await load();
    }
    setTimeout(keepLive, document.hidden ? HIDDEN_UPDATE_MILLIS : UPDATE_MILLIS);
}
