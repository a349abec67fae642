"""After-sales service: whom a shop may contact, what it plans to do for whom, and what that brings.

The words of the trade, and what each kind of service needs, stand in `retailkit.services`.
"""

from retailkit.aftersales.benefit import benefits, with_and_without
from retailkit.aftersales.directory import request_file, support_directory, support_requests
from retailkit.aftersales.permission import Permission, may_contact, permissions
from retailkit.aftersales.plan import plan_after_sales, to_serve
from retailkit.aftersales.requests import Advice, right_support

__all__ = [
    "Advice",
    "Permission",
    "benefits",
    "may_contact",
    "permissions",
    "plan_after_sales",
    "request_file",
    "right_support",
    "support_directory",
    "support_requests",
    "to_serve",
    "with_and_without",
]
