// The dialog above the page: one at a time, which remembers what it does and why that has failed.

import { change, store } from './store.js';

export const close = () => change({ dialog: null });

// The step's outcome becomes the dialog's, unless the dialog was closed meanwhile.
export async function attempt(step, isActing = false) {
    const { dialog } = store;
    const update = values => {
        if (store.dialog === dialog) {
            Object.assign(dialog, values);
            change({});
        }
    };
    update({ isBusy: true, isActing, error: null });
    const idle = { isBusy: false, isActing: false };
    try {
        update({ ...await step(), ...idle });
    } catch (e) {
        update({ error: e.message, ...idle });
    }
}
