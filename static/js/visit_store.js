// Visits not sent yet, in this browser's own database. It works over plain http on any name: no service worker, no
// crypto.subtle. A draft is {id, user, saved, waiting, problem, words, fields: {name: [values]}, photos: [{name, blob}]}.
(() => {
  "use strict";
  const NAME = "visits";
  const KEPT = "drafts";
  let opened = null;

  const open = () =>
    (opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(KEPT, { keyPath: "id" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    }));

  const act = async (mode, work) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(KEPT, mode);
      const asked = work(transaction.objectStore(KEPT));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };

  window.visitStore = {
    // Those of this person alone, the newest first: nobody is shown another's.
    all: async (user) => {
      const found = await act("readonly", (store) => store.getAll());
      return found.filter((draft) => draft.user === user).sort((one, other) => other.saved - one.saved);
    },
    put: (draft) => act("readwrite", (store) => store.put(draft)),
    remove: (id) => act("readwrite", (store) => store.delete(id)),
  };
})();
