//! Training and evaluation: the graphs of the zoo as libtorch modules.
