"""Every address about the knowledge base."""

from typing import Final

from console.guard import TOKEN, Route
from console.knowledge import (
    checks,
    corrections,
    entries,
    entry_steps,
    evaluations,
    exchange,
    given,
    golden,
    learning,
    merging,
    reviewing,
    synonyms,
    trial,
)
from console.roles import CURATORS, STAFF

ENTRY: Final = "/entries/{id}"
CORRECTION: Final = ENTRY + "/corrections/{correction}"
LARGEST_UPLOAD: Final = 51 * 1024 * 1024
"""Bytes of a form with a file: the 50 MB that an import reads, and the fields around it."""

ROUTES: Final = (
    Route("GET", "/entries", entries.show_list, STAFF),
    Route("GET", "/entries/new", entries.show_new, CURATORS),
    Route("POST", "/entries/new", entry_steps.create, CURATORS, TOKEN),
    Route("GET", ENTRY, entries.show_entry, STAFF),
    Route("GET", ENTRY + "/edit", entries.show_edit, CURATORS),
    Route("POST", ENTRY + "/edit", entry_steps.save, CURATORS, TOKEN),
    Route("POST", ENTRY + "/submit", entry_steps.submit, CURATORS, TOKEN),
    Route("POST", ENTRY + "/publish", entry_steps.publish, CURATORS, TOKEN),
    Route("POST", ENTRY + "/send-back", entry_steps.send_back, CURATORS, TOKEN),
    Route("POST", ENTRY + "/withdraw", entry_steps.withdraw, CURATORS, TOKEN),
    Route("GET", ENTRY + "/versions/{version}", entries.show_version, STAFF),
    Route("GET", ENTRY + "/given", corrections.show, CURATORS),
    Route("POST", ENTRY + "/corrections", corrections.propose, CURATORS, TOKEN),
    Route("POST", CORRECTION + "/approve", corrections.approve, CURATORS, TOKEN),
    Route("POST", CORRECTION + "/refuse", corrections.refuse, CURATORS, TOKEN),
    Route("POST", CORRECTION + "/stop", corrections.stop, CURATORS, TOKEN),
    Route("POST", ENTRY + "/restore", entry_steps.restore, CURATORS, TOKEN),
    Route("GET", ENTRY + "/publish", golden.check, CURATORS),
    Route("GET", "/try", trial.show, STAFF),
    Route("GET", "/given", given.show, CURATORS),
    Route("GET", "/review", reviewing.show, CURATORS),
    Route("POST", "/review", reviewing.publish, CURATORS, TOKEN),
    Route("POST", "/review/submit", reviewing.submit_own, CURATORS, TOKEN),
    Route("GET", "/checks", checks.show, CURATORS),
    Route("GET", "/checks/merge", merging.show, CURATORS),
    Route("POST", "/checks/merge", merging.begin, CURATORS, TOKEN),
    Route("POST", ENTRY + "/unmerge", merging.cancel, CURATORS, TOKEN),
    Route("POST", "/checks/settle", checks.settle, CURATORS, TOKEN),
    Route("POST", "/checks/reopen", checks.reopen, CURATORS, TOKEN),
    Route("POST", "/checks/{id}/checked", checks.checked, CURATORS, TOKEN),
    Route("GET", "/synonyms", synonyms.show, CURATORS),
    Route("POST", "/synonyms", synonyms.save, CURATORS, TOKEN),
    Route("POST", "/synonyms/drop", synonyms.drop, CURATORS, TOKEN),
    Route("GET", "/exchange", exchange.show, CURATORS),
    Route("POST", "/exchange", exchange.check, CURATORS, TOKEN, largest=LARGEST_UPLOAD),
    Route("GET", "/exchange/template", exchange.template, CURATORS),
    Route("GET", "/exchange/export", exchange.export, CURATORS),
    Route("GET", "/exchange/{job}", exchange.show_one, CURATORS),
    Route("GET", "/exchange/{job}/rejected", exchange.rejected, CURATORS),
    Route("POST", "/exchange/{job}/import", exchange.take_in, CURATORS, TOKEN),
    Route("GET", "/learning", learning.show, CURATORS),
    Route("POST", "/learning/draft", learning.draft, CURATORS, TOKEN),
    Route("POST", "/learning/dismiss", learning.dismiss, CURATORS, TOKEN),
    Route("POST", "/learning/{dismissed}/restore", learning.restore, CURATORS, TOKEN),
    Route("GET", "/golden", golden.show, CURATORS),
    Route("POST", "/golden", golden.add, CURATORS, TOKEN),
    Route("POST", "/golden/run", golden.run, CURATORS, TOKEN),
    Route("POST", "/golden/{golden}/retire", golden.retire, CURATORS, TOKEN),
    Route("GET", "/evaluations", evaluations.show, CURATORS),
    Route("POST", "/evaluations", evaluations.test, CURATORS, TOKEN, largest=LARGEST_UPLOAD),
    Route("GET", "/evaluations/{job}", evaluations.show_one, CURATORS),
    Route("GET", "/evaluations/{job}/rows", evaluations.download, CURATORS),
)
