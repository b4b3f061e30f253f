"""The official accounts: WeChat's calls, comments, menus, places.

Each method is documented at its operation in `storage/operations`.
"""

from storage import operations as do
from storage.stores.base import Store, reads, writes


class ChannelStore(Store):
    """The official accounts: WeChat's calls, comments, menus, places."""

    # bot.wechat_ports
    token = reads(do.channels.token)
    claim_token = writes(do.channels.claim_token)
    keep_token = writes(do.channels.keep_token)
    release_token = writes(do.channels.release_token)
    begin_call = writes(do.channels.begin_call)
    call_refused = writes(do.channels.call_refused)
    call_succeeded = writes(do.channels.call_succeeded)
    quota_cleared = writes(do.channels.quota_cleared)
    troubles = reads(do.channels.troubles)
    calls_of_day = reads(do.channels.calls_of_day)
    # handlers.comments.ports
    comment_poll = reads(do.fetching.comment_poll)
    save_comment_poll = writes(do.fetching.save_comment_poll)
    comment_troubles = reads(do.fetching.comment_troubles)
    add_articles = writes(do.fetching.add_articles)
    take_article = writes(do.fetching.take_article)
    keep_comments = writes(do.fetching.keep_comments)
    article_read = writes(do.fetching.article_read)
    article_paused = writes(do.fetching.article_paused)
    unfiled_comments = reads(do.fetching.unfiled_comments)
    comment_backlog = reads(do.fetching.comment_backlog)
    limit_calls = writes(do.channels.limit_calls)
    file_comments = writes(do.comments.file_comments)
    judge_comment = writes(do.comments.judge_comment)
    split_comment = writes(do.comments.split_comment)
    refile_comment = writes(do.comments.refile_comment)
    comments = reads(do.comments.comments)
    comment_tally = reads(do.comments.comment_tally)
    comment = reads(do.comments.comment)
    reopen_comments = writes(do.fetching.reopen_comments)
    comments_of_case = reads(do.comments.comments_of_case)
    articles = reads(do.comments.articles)
    article = reads(do.comments.article)
    add_order = writes(do.orders.add_order)
    change_order = writes(do.orders.change_order)
    order = reads(do.orders.order)
    orders_of = reads(do.orders.orders_of)
    orders_in = reads(do.orders.orders_in)
    take_orders = writes(do.orders.take_orders)
    order_done = writes(do.orders.order_done)
    order_failed = writes(do.orders.order_failed)
    order_postponed = writes(do.orders.order_postponed)
    closing_windows = reads(do.windows.closing_windows)
    menus = reads(do.menus.menus)
    save_menu = writes(do.menus.save_menu)
    move_menu = writes(do.menus.move_menu)
    services = reads(do.menus.services)
    service = reads(do.menus.service)
    add_service = writes(do.menus.add_service)
    change_service = writes(do.menus.change_service)
    move_service = writes(do.menus.move_service)
    offices = reads(do.offices.offices)
    office = reads(do.offices.office)
    add_office = writes(do.offices.add_office)
    change_office = writes(do.offices.change_office)
    move_office = writes(do.offices.move_office)
    take_services = writes(do.menus.take_services)
    service_checked = writes(do.menus.service_checked)
    look_again = writes(do.menus.look_again)
