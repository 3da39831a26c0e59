"""Tests of marking: what responses earn, and what they are told."""
