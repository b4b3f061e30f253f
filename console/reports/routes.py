"""Every address of the figures, the ledger and the periodical papers."""

from typing import Final

from cases.people import SEES_CASES
from console.guard import Route
from console.reports import figures_sheet, ledger, messages, periodical, report_cases, reports
from console.roles import OVERSEERS, SUPERVISORS

ROUTES: Final = (
    Route("GET", "/reports", reports.show, SEES_CASES),
    Route("GET", "/reports/span", reports.show_span, SEES_CASES),
    Route("GET", "/reports/cases", report_cases.show, SEES_CASES),
    Route("GET", "/reports/messages", messages.show, OVERSEERS),
    Route("GET", "/reports/figures", figures_sheet.download_figures, SEES_CASES),
    Route("GET", "/reports/ledger", ledger.download_ledger, SEES_CASES),
    Route("GET", "/reports/periodical", periodical.show, SUPERVISORS),
    Route("GET", "/reports/periodical/docx", periodical.download, SUPERVISORS),
    Route("GET", "/reports/periodical/pdf", periodical.print_out, SUPERVISORS),
)
