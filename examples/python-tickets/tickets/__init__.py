# -*- coding: utf-8 -*-
from __future__ import unicode_literals

from tickets.desk import Desk
from tickets.web import application

__all__ = ['Desk', 'application']
